#pragma once
#include <curl/curl.h>

// Swift cannot call functions with a variable number of arguments, which is how curl sets and gets everything. Here each
// shape of argument has a function of its own; curl's own type checks apply to them.

static inline CURLcode hansa_curl_begin(void) { return curl_global_init(CURL_GLOBAL_DEFAULT); }

static inline CURLcode hansa_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode hansa_curl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

// curl copies the text.
static inline CURLcode hansa_curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

// curl keeps the pointer until the handle is cleaned up.
static inline CURLcode hansa_curl_set_pointer(CURL *handle, CURLoption option, const void *value) {
    return curl_easy_setopt(handle, option, (void *)value);
}

static inline CURLcode hansa_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode hansa_curl_set_url(CURL *handle, CURLU *value) {
    return curl_easy_setopt(handle, CURLOPT_CURLU, value);
}

static inline CURLcode hansa_curl_on_body(CURL *handle, curl_write_callback function, void *context) {
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, function);
    return curl_easy_setopt(handle, CURLOPT_WRITEDATA, context);
}

static inline CURLcode hansa_curl_on_header(CURL *handle, curl_write_callback function, void *context) {
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, function);
    return curl_easy_setopt(handle, CURLOPT_HEADERDATA, context);
}

static inline CURLcode hansa_curl_on_upload(CURL *handle, curl_read_callback function, void *context) {
    curl_easy_setopt(handle, CURLOPT_READFUNCTION, function);
    return curl_easy_setopt(handle, CURLOPT_READDATA, context);
}

static inline CURLcode hansa_curl_on_socket(CURL *handle, curl_opensocket_callback function, void *context) {
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, function);
    return curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, context);
}

static inline CURLcode hansa_curl_on_progress(CURL *handle, curl_xferinfo_callback function, void *context) {
    curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, function);
    return curl_easy_setopt(handle, CURLOPT_XFERINFODATA, context);
}

static inline long hansa_curl_response_code(CURL *handle) {
    long code = 0;
    return curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &code) == CURLE_OK ? code : 0;
}
