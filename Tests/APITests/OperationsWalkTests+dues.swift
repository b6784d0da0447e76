@testable import API

extension OperationsWalkTests {
    private static let amount: JSONValue = ["currency": "EUR", "minor": 1_000_000_000]

    static let ofDues: [String: JSONValue] = [
        "enterFeeInput": [
            "member": "koeln", "measure": "population", "value": 1, "as_of": "2025", "source": "Walk",
        ],
        "withdrawFeeInput": ["grounds": "Walk"], "startDuesRun": ["year": 2199],
        "creditInvoice": ["amount": amount, "grounds": "Walk"], "disputeInvoice": ["words": " "],
        "endDispute": ["outcome": "Walk"], "askRelief": ["kind": "relief-ending", "words": "Walk"],
        "takeBackRelief": ["reason": "Walk"],
        "enterPayment": ["received_on": "2025-01-01", "amount": amount, "shares": [["member": "koeln"]]],
        "sharePayment": ["shares": [["member": "koeln"]], "grounds": "Walk"], "undoPayment": ["grounds": "Walk"],
        "refundPayment": ["member": "koeln", "amount": amount, "paid_on": "2024-05-01", "grounds": "Walk"],
        "useCredit": [:], "undoBankStatement": ["grounds": "Walk"], "matchBankLine": ["suggestion": 1],
        "ignoreBankLine": ["grounds": "Walk"], "reopenBankLine": ["grounds": "Walk"],
        "setExchangeRate": ["from": "EUR", "to": "EUR", "day": "2024-05-01", "rate": "1", "source": "Walk"],
        "addActivity": ["kind": "case", "from": "2025-01-01", "text": "Walk", "grounds": "Walk"],
        "withdrawActivity": ["grounds": "Walk"], "issueReceipt": ["payment": "none"],
        "issueCertificate": ["year": 1999],
    ]
}
