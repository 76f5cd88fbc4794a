using SlmPlanner.Core;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Wording;
using static SlmPlanner.Presentation.CommandLine.CommandOption;

namespace SlmPlanner.Planner.Options;

/// <summary>In which currency amounts are read. What is given and kept stays in USD.</summary>
internal static class CurrencyOptions
{
    public static readonly CommandOption<string?> Currency = Text(
        "currency", "CODE", "show amounts in this currency, at --rate; what you give and what JSON keeps stay in USD") with
    {
        Group = OptionGroup.Output, Example = "EUR", Default = "USD", Field = new("Show amounts in"),
    };

    public static readonly CommandOption<double?> Rate = Optional(
        "rate", Values.Number("AMOUNT").Within(1e-6, 1e6), "how much of --currency a dollar is") with
    {
        Group = OptionGroup.Output, Example = "0.92", Field = new("How much of it a dollar is"),
    };

    /// <summary>Both of them.</summary>
    public static readonly IReadOnlyList<CommandOption> All = [Currency, Rate];

    /// <summary>The currency asked for; null for dollars.</summary>
    /// <exception cref="InputException">Only one of the two is given, or the code is none.</exception>
    public static PlanCurrency? Of(Given given) => (given.Of(Currency)?.ToUpperInvariant(), given.Of(Rate)) switch
    {
        (null, null) or ("USD", null) => null,
        (null, _) => throw new InputException("--rate is given without --currency, allowed together: --currency EUR --rate 0.92"),
        (var code, null) => throw new InputException(
            $"--currency is {code} without --rate, which says how much of it a dollar is: --rate 0.92"),
        ({ Length: 3 } code, { } rate) when code.All(char.IsAsciiLetterUpper) => new(code, rate),
        var (code, _) => throw new InputException($"--currency is '{code}', expected a code of three letters, for example EUR"),
    };

    /// <summary>Shows amounts in the currency asked for until the result is disposed.</summary>
    public static IDisposable Show(Given given) => ShownCurrency.Use(Of(given));
}
