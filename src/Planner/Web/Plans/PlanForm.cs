using SlmPlanner.Core;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Text;
using SlmPlanner.Planner.Requests;

namespace SlmPlanner.Planner.Web.Plans;

/// <summary>Reads a request as the command line does, but field by field, so that each message stands beside its field.</summary>
/// <param name="bench">Data files and settings.</param>
internal sealed class PlanForm(Workbench bench)
{
    private readonly HashSet<string> _models = bench.Models.Names.ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Models that can be chosen, in file order.</summary>
    public IEnumerable<string> Models => bench.Models.Models.Select(model => model.Name);

    /// <summary>Providers that can be chosen.</summary>
    public IReadOnlyList<string> Providers { get; } =
        [.. bench.Inputs.Offers.Select(offer => offer.Provider).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>GPU types that can be chosen.</summary>
    public IReadOnlyList<string> Gpus { get; } =
        [.. bench.Inputs.Offers.Select(offer => offer.Gpu).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>What is asked, or what is wrong with it.</summary>
    public (PlanQuestion? Question, IReadOnlyList<FieldProblem> Problems) Read(RequestTexts texts)
    {
        if (Each(texts, Unreadable).Any())
            return (null, [.. Each(texts, (field, text) => Unreadable(field, text) ?? OutOfRange(field, text))]);
        try
        {
            var question = Question(texts);
            var problems = PlanRequestRules.Problems(question.Request, question.Inputs).Select(Attribute).ToList();
            return problems.Count == 0 ? (question, problems) : (null, problems);
        }
        catch (InputException exception)
        {
            return (null, [new("", exception.Message)]);
        }
    }

    private static IEnumerable<FieldProblem> Each(RequestTexts texts, Func<PlanField, string, FieldProblem?> problem) =>
        PlanFields.All.Select(field => field.Read(texts) is { } text ? problem(field, text) : null).OfType<FieldProblem>();

    /// <summary>
    /// What is wrong with one field on its own. A model must be one of the known names: the command line also takes a path,
    /// which a page that others may reach must not.
    /// </summary>
    private FieldProblem? Unreadable(PlanField field, string text)
    {
        var alone = field.Write(new(), text);
        if (alone.Model is { } model && !_models.Contains(model))
            return new(field.Name, NearestNames.Unknown("model", model, _models));
        try
        {
            Question(alone);
            return null;
        }
        catch (InputException exception)
        {
            return new(field.Name, exception.Message);
        }
    }

    /// <summary>What is wrong with the amount in a readable field.</summary>
    private FieldProblem? OutOfRange(PlanField field, string text) =>
        PlanRequestRules.Amounts(Question(field.Write(new(), text)).Request).FirstOrDefault(field.IsAbout) is { } message ? new(field.Name, message) : null;

    private PlanQuestion Question(RequestTexts texts) =>
        new(bench.Requests.Read(texts), bench.InputsFor(texts), $"\n{texts.Own}\n{texts.Reserved}");

    private static FieldProblem Attribute(string message) =>
        new(PlanFields.All.FirstOrDefault(field => field.IsAbout(message))?.Name ?? "", message);
}
