#pragma once
#include <gd.h>
#include <stdarg.h>

static void hansa_gd_says_nothing(int priority, const char *format, va_list arguments) {
    (void)priority;
    (void)format;
    (void)arguments;
}

// libgd prints what it dislikes to standard error; a refused picture is told by its result alone.
static inline void hansa_gd_silence(void) { gdSetErrorMethod(hansa_gd_says_nothing); }
