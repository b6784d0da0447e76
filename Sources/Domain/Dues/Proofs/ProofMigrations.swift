import Database

/// The documents that were issued, each with the code by which anybody can ask whether it is genuine.
enum ProofMigrations {
    // What the row says is what stands on the paper; `content` is its hash, which the journal has as well. What became of
    // the subject since is asked of the accounts.
    static let all: [Migration] = [
        Migration(
            "dues-proofs-1",
            """
            CREATE TABLE document_proof (
                code TEXT PRIMARY KEY,
                kind TEXT NOT NULL CHECK (kind IN ('invoice', 'credit-note', 'receipt', 'certificate')),
                subject_id TEXT NOT NULL, member_id TEXT NOT NULL REFERENCES member (id), member_name TEXT NOT NULL,
                number TEXT NOT NULL UNIQUE, day TEXT NOT NULL, currency TEXT NOT NULL, amount_minor INTEGER NOT NULL,
                invented INTEGER NOT NULL CHECK (invented IN (0, 1)), issued_at TEXT NOT NULL, content TEXT NOT NULL
            ) STRICT;
            CREATE INDEX document_proof_by_subject ON document_proof (kind, subject_id, member_id);
            CREATE INDEX document_proof_by_member ON document_proof (member_id);
            """
        )
    ]
}
