/// A JSON object with a member `signature` over everything else in it.
struct SignedObject {
    let object: JSONValue

    /// The key that signed the object as it is.
    ///
    /// - Parameter keys: the keys that the user trusts.
    func signer(among keys: [VerifyingKey]) throws(SignatureFault) -> VerifyingKey {
        guard let signature = object["signature"] else { throw .unsigned }
        guard let names = signature.names, Set(names) == ["algorithm", "key", "value"],
            signature["algorithm"]?.text == "Ed25519", let id = signature["key"]?.text,
            let value = signature["value"]?.text
        else { throw .malformed }
        guard let key = keys.first(where: { $0.id == id }) else { throw .keyUnknown(id) }
        guard let message = try? CanonicalJSON.bytes(object.without("signature")), key.isValid(value, of: message)
        else { throw .altered }
        return key
    }
}
