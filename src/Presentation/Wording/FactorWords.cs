namespace SlmPlanner.Presentation.Wording;

/// <summary>What the cost of a run may hang on, in words.</summary>
internal static class FactorWords
{
    /// <summary>A factor's name for people.</summary>
    /// <param name="factor">Kebab-case name.</param>
    public static string Of(string factor) => factor switch
    {
        "price" => "price per hour",
        "mfu" => "speed (utilisation)",
        "tokens" => "tokens to train on",
        "stops" => "failures and interruptions",
        "start-up" => "start-up and restart time",
        "checkpoint-rate" => "checkpoint write rate",
        _ => factor.Replace('-', ' '),
    };
}
