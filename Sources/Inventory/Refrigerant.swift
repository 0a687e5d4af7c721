/// Refrigerants of one species, by the designation that service logs use.
package enum Refrigerant {
    /// The species of a pure refrigerant: `R-134a` or `HFC-134a`.
    ///
    /// - Returns: `nil` for a blend, and for a name that is not known.
    package static func species(_ designation: String) -> Gas? {
        let numbers =
            designation.hasPrefix("R-")
            ? String(designation.dropFirst(2))
            : designation
        if let name = byNumber[numbers] { return Gas(name) }
        return byNumber.values.contains(designation) ? Gas(designation) : nil
    }

    /// Numbers of single compounds, ANSI/ASHRAE Standard 34, with the species as GWP tables name
    /// it.
    private static let byNumber: [String: String] = {
        var names = [
            "744": "CO2", "1270": "propylene", "290": "propane", "600": "butane",
            "600a": "isobutane",
        ]
        let families: [(prefix: String, numbers: [String])] = [
            ("CFC-", ["11", "12", "13", "113", "114", "115"]),
            ("HCFC-", ["21", "22", "123", "124", "141b", "142b"]),
            (
                "HFC-",
                [
                    "23", "32", "41", "125", "134", "134a", "143a", "152a", "161", "227ea", "236fa",
                    "245fa", "365mfc",
                ]
            ),
            ("PFC-", ["14", "116", "218"]),
        ]
        for (prefix, numbers) in families {
            for number in numbers { names[number] = prefix + number }
        }
        return names
    }()
}
