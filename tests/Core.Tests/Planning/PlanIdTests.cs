using System.Globalization;
using System.Reflection;
using SlmPlanner.Core.Economics.Project;
using SlmPlanner.Core.Economics.Renting;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Samples;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Tests.Planning;

public sealed class PlanIdTests
{
    private static readonly PlanRequest Request = new()
    {
        Tokens = 1e9, BudgetUsd = 99.5, Gpus = ["L4", "T4"], Parallelisms = [Scheme.Ddp], Today = new(2026, 11, 29),
    };

    private static readonly TransformerShape Shape = new()
    {
        Name = "tiny", Layers = 2, DModel = 64, Heads = 4, KvHeads = 2, HeadDim = 16, DFfn = 128, FfnKind = FfnKind.Swiglu, Vocab = 100,
        TiedEmbeddings = true,
    };

    private static readonly Candidate Candidate = SomeCandidate.Of("L4", 0.25, 1) with
    {
        Provider = "gcp", InstanceType = "g2-standard-4", Region = "europe-west4", Spot = true, GpusPerNode = 1, Gpus = 1,
        Model = "tiny", ModelParameters = 1000, Tokens = 1e9, SeqLen = 1024,
    };

    /// <summary>What of a candidate is the offer or the set-up; the rest is predicted, or follows from them.</summary>
    private static readonly string[] Chosen =
    [
        "Provider", "InstanceType", "Region", "Spot", "UsdPerHour", "TermMonths", "Gpu", "GpusPerNode", "Nodes", "Gpus", "Model",
        "ModelParameters", "Tokens", "Parallelism", "MicroBatch", "GradAccum", "SeqLen", "Precision", "Attention", "Recomputation",
        "Compile", "Loss", "LossChunks", "Offload",
    ];

    /// <summary>
    /// The first 16 digits that sha256sum gives for 28 lines written by hand, from <c>request.tokens=10:1000000000</c> to
    /// <c>setup.recomputation=4:none</c>. Ids stand in launch files and logs: this one must never change.
    /// </summary>
    [Fact]
    public void An_id_is_the_hash_of_the_stated_text() => Assert.Equal("4ccb888186797cd1", PlanId.Of(Request, Candidate));

    [Fact]
    public void Every_part_of_the_request_but_its_day_changes_the_id() =>
        Assert.Equal(["Today"], Unnoticed(Request with { Model = Shape }, request => PlanId.Of(request, Candidate)));

    [Fact]
    public void Every_part_of_the_model_but_its_origin_changes_the_id() =>
        Assert.Equal(
            ["AssumedFrom", "Date", "LeftOut", "PublishedParameters", "Source"],
            Unnoticed(Shape, shape => PlanId.Of(Request with { Model = shape }, Candidate)));

    [Fact]
    public void Offer_and_set_up_change_the_id_and_predictions_do_not() =>
        Assert.Equal(
            Written(typeof(Candidate)).Select(property => property.Name).Except(Chosen).Order(StringComparer.Ordinal),
            Unnoticed(Candidate, candidate => PlanId.Of(Request, candidate)));

    [Fact]
    public void An_id_does_not_depend_on_the_language_of_the_machine()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            commas.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = commas;
            Assert.Equal("4ccb888186797cd1", PlanId.Of(Request, Candidate));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Names_that_run_into_each_other_are_kept_apart() => Assert.NotEqual(
        PlanId.Of(Request with { Gpus = ["a\nrequest.gpus=1:b"] }, Candidate),
        PlanId.Of(Request with { Gpus = ["a", "b"] }, Candidate));

    /// <summary>The properties, in order of their names, whose change leaves the id as it is.</summary>
    private static IEnumerable<string> Unnoticed<T>(T value, Func<T, string> id) where T : class
    {
        var copy = typeof(T).GetMethod("<Clone>$")!;
        foreach (var property in Written(typeof(T)).OrderBy(property => property.Name, StringComparer.Ordinal))
        {
            var changed = (T)copy.Invoke(value, null)!;
            property.SetValue(changed, Other(property, property.GetValue(value)));
            if (id(changed) == id(value))
                yield return property.Name;
        }
    }

    private static IEnumerable<PropertyInfo> Written(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is not null);

    /// <summary>Another value of the property's type.</summary>
    private static object Other(PropertyInfo property, object? value)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return value switch
        {
            bool flag => !flag,
            _ when type == typeof(bool) => true,
            _ when type == typeof(string) => value + "x",
            _ when type == typeof(int) => (int)(value ?? 0) + 1,
            _ when type == typeof(long) => (long)(value ?? 0L) + 1,
            _ when type == typeof(double) => (double)(value ?? 0.0) + 0.125,
            _ when type == typeof(DateOnly) => new DateOnly(2001, 1, 1),
            _ when type.IsEnum => Enum.GetValues(type).Cast<object>().First(other => !other.Equals(value)),
            _ when type == typeof(Scheme) => Scheme.FsdpFull,
            _ when type == typeof(TransformerShape) => Shape with { Layers = 3 },
            _ when type == typeof(BlockSequence) => new BlockSequence(Shape.UsualBlock with { Norms = 3 }, Shape.Layers),
            _ when type == typeof(ProjectDemand) => new ProjectDemand
            {
                Ablations = 1, FailedShare = 0, EvaluationShare = 0, StorageMonths = 0, StorageUsdPerGibMonth = 0, ExperimentLogSpread = 0,
                    FailedLogSpread = 0,
            },
            _ when type == typeof(Tuning) => new Tuning(TuningMethod.Qlora),
            _ when type == typeof(SampleSet) => new SampleSet { Lengths = new([new(100, 5)]) },
            _ when type == typeof(EvaluationPeak) => new EvaluationPeak(64, 1e9, 8),
            _ when type == typeof(CandidateBreakdown) => new CandidateBreakdown([], [new("all", 1)]),
            _ when type == typeof(IReadOnlyList<string>) => new[] { "other" },
            _ when type == typeof(IReadOnlyList<Precision>) => new[] { Precision.Fp32 },
            _ when type == typeof(IReadOnlyList<AttentionKind>) => new[] { AttentionKind.Vanilla },
            _ when type == typeof(IReadOnlyList<LossForm>) => new[] { LossForm.Fused },
            _ when type == typeof(IReadOnlyList<Offload>) => new[] { Offload.Activations },
            _ when type == typeof(IReadOnlyList<WayToRent>) => new[] { WayToRent.Contract },
            _ when type == typeof(IReadOnlyList<RentalQuota>) => new[] { new RentalQuota("aws", 2, "p5.48xlarge") },
            _ when type == typeof(Access) => new Access { Way = WayToRent.Contract, Source = "test", Date = "2026-11-24",
                Confidence = "A" },
            _ when type == typeof(IReadOnlyList<Scheme>) => new[] { Scheme.Hsdp },
            _ => throw new NotSupportedException($"{property.Name}: no other value of {type} is known to this test"),
        };
    }
}
