using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SlmPlanner.Core.Economics.Energy;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Planning.Explain;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Json;

/// <summary>
/// Writes the sentences of facts into JSON, where programs and people have always found them, and reads such files back:
/// what they tell is told again in the same words.
/// </summary>
internal static class SentenceJson
{
    /// <summary>Teaches options to write and read findings, remedies, nearest misses and assumptions by their sentences.</summary>
    public static JsonSerializerOptions WithSentences(this JsonSerializerOptions options)
    {
        options.Converters.Add(new StandIn<Finding, FindingText>(FindingText.Of, text => text.ToFinding()));
        options.Converters.Add(new StandIn<Remedy, RemedyText>(RemedyText.Of, text => text.ToRemedy()));
        options.Converters.Add(new StandIn<RejectionReason, RejectionText>(RejectionText.Of, text => text.ToReason()));
        options.Converters.Add(new StandIn<Assumption, string>(AssumptionWords.Of, text => new ToldAssumption(text)));
        options.Converters.Add(new StandIn<EnergyBasis, string>(AssumptionWords.Of, text => new ToldBasis(text)));
        options.Converters.Add(new StandIn<BlockSequence, IReadOnlyList<BlockRun>>(blocks => [.. blocks], runs => new(runs)));
        if (options.TypeInfoResolver is { } resolver)
            options.TypeInfoResolver = resolver.WithAddedModifier(AddSentences);
        return options;
    }

    /// <summary>The sentences of a plan and of an explanation as a whole.</summary>
    private static void AddSentences(JsonTypeInfo contract)
    {
        if (contract.Type == typeof(PlanResult))
        {
            contract.Properties.Single(property => property.Name == "reasons").Get = plan => PlanReasons.Of((PlanResult)plan);
        }
        else if (contract.Type == typeof(Explanation))
        {
            var sentences = contract.CreateJsonPropertyInfo(typeof(IReadOnlyList<string>), "sentences");
            sentences.Get = explanation => ExplanationWords.Of((Explanation)explanation);
            sentences.IsGetNullable = sentences.IsSetNullable = false;
            var against = contract.Properties.Single(property => property.Name == "against");
            contract.Properties.Insert(contract.Properties.IndexOf(against) + 1, sentences);
        }
    }
}

/// <summary>Writes and reads a type as another that stands in for it.</summary>
internal interface IStandIn
{
    /// <summary>The type that is written.</summary>
    Type Written { get; }
}

/// <summary>Writes a <typeparamref name="T"/> as a <typeparamref name="TWritten"/>.</summary>
internal sealed class StandIn<T, TWritten>(Func<T, TWritten> write, Func<TWritten, T> read) : JsonConverter<T>, IStandIn
    where T : class
{
    /// <inheritdoc/>
    public Type Written => typeof(TWritten);

    /// <inheritdoc/>
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, Contract(options)) is { } text ? read(text) : null;

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, write(value), Contract(options));

    private static JsonTypeInfo<TWritten> Contract(JsonSerializerOptions options) =>
        (JsonTypeInfo<TWritten>)options.GetTypeInfo(typeof(TWritten));
}

/// <summary>Something a reader should know, as data: every output shows it.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Id">A stable kebab-case name, for example <c>stale-prices</c>.</param>
/// <param name="Message">One or two sentences with the numbers in them.</param>
internal sealed record FindingText(Severity Severity, string Id, string Message)
{
    public static FindingText Of(Finding finding) => new(finding.Severity, finding.Id, FindingWords.Of(finding));

    public ToldFinding ToFinding() => new(Severity, Id, Message);
}

/// <summary>A change of the request that would make it feasible.</summary>
/// <param name="Change">Kebab-case: <c>fuse-loss</c>, <c>offload-activations</c>, <c>raise-budget</c>, <c>extend-deadline</c>,
/// <c>fewer-tokens</c>, <c>smaller-model</c>.</param>
/// <param name="Needed">The least value that works, in the unit.</param>
/// <param name="Unit">Unit: <c>bytes</c>, <c>usd</c>, <c>hours</c>, <c>tokens</c>, <c>parameters</c>.</param>
/// <param name="Sentence">The same in words.</param>
internal sealed record RemedyText(string Change, double Needed, string Unit, string Sentence)
{
    public static RemedyText Of(Remedy remedy) => new(remedy.Change, remedy.Needed, remedy.Unit, RejectionWords.Of(remedy));

    public ToldRemedy ToRemedy() => new(Change, Needed, Unit, Sentence);
}

/// <summary>One reason for rejection.</summary>
/// <param name="Reason">Kebab-case: <c>out-of-memory</c>, <c>over-budget</c>, <c>past-deadline</c>, <c>no-price</c>, …</param>
/// <param name="Count">Candidates rejected for it.</param>
/// <param name="NearestMiss">The candidate that missed by least, in words; empty when none is meaningful.</param>
/// <param name="MissedBy">By how much it missed, as a fraction of the limit (0.07 is 7 % over); null when not a number.</param>
internal sealed record RejectionText(string Reason, long Count, string NearestMiss, double? MissedBy)
{
    public static RejectionText Of(RejectionReason reason) =>
        new(reason.Reason, reason.Count, reason.NearestMiss is { } miss ? RejectionWords.Of(miss) : "", reason.MissedBy);

    public RejectionReason ToReason() => new(Reason, Count, NearestMiss.Length == 0 ? null : new ToldMiss(NearestMiss), MissedBy);
}
