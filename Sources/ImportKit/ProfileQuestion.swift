/// A fact about a layout that only a person can state.
package struct ProfileQuestion: Hashable, Sendable {
    /// The name of the fact, by which it is answered.
    package let key: String
    /// How it is answered on the command line.
    package let option: String
    package let text: String
    /// Every possible answer, where there are few.
    package let choices: [String]
    /// What the sample suggests, to be confirmed; never taken without.
    package let proposal: String?
    /// What in the sample suggests it.
    package let reason: String?
    /// Why the answer that was given is none.
    package let problem: String?

    init(
        _ key: String, _ text: String, choices: [String] = [],
        proposal: (answer: String, reason: String)? = nil, option: String? = nil
    ) {
        self.key = key
        self.option = option ?? "--" + key
        self.text = text
        self.choices = choices
        self.proposal = proposal?.answer
        reason = proposal?.reason
        problem = nil
    }

    /// The same question after an answer that is none.
    init(_ question: ProfileQuestion, problem: String) {
        key = question.key
        option = question.option
        text = question.text
        choices = question.choices
        proposal = nil
        reason = nil
        self.problem = problem
    }
}
