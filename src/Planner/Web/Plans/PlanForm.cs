using SlmPlanner.Core;
using SlmPlanner.Core.Planning.Probes;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Text;
using SlmPlanner.Data.Samples;
using SlmPlanner.Planner.Options;
using SlmPlanner.Planner.Requests;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Planner.Web.Plans;

/// <summary>Reads a request as the command line does, but field by field, so that each message stands beside its field.</summary>
/// <param name="bench">Data files and settings.</param>
internal sealed class PlanForm(Workbench bench)
{
    private const string ExampleModel = "slm-1b";
    private readonly HashSet<string> _models = bench.Models.Names.ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Models that can be chosen, in file order.</summary>
    public IEnumerable<string> Models => bench.Models.Models.Select(model => model.Name);

    /// <summary>Providers that can be chosen.</summary>
    public IReadOnlyList<string> Providers { get; } =
        [.. bench.Inputs.Offers.Select(offer => offer.Provider).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>GPU types that can be chosen.</summary>
    public IReadOnlyList<string> Gpus { get; } =
        [.. bench.Inputs.Offers.Select(offer => offer.Gpu).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>
    /// What the first page is filled with: a model of a billion parameters, a few times as many tokens as the law asks for, a modest
    /// budget.
    /// </summary>
    public Given Example { get; } = new Given()
        .With(RequestOptions.Model, bench.Models.Names.Contains(ExampleModel) ? ExampleModel : bench.Models.Models.First().Name)
        .With(RequestOptions.Tokens, "20B")
        .With(RequestOptions.Budget, "2000");

    /// <summary>How machines are measured before one is rented.</summary>
    public ProbeRequest Probing => ProbeOptions.Read(new Given(), bench.Probes.Value);

    /// <summary>What is asked, or what is wrong with it.</summary>
    public (PlanQuestion? Question, IReadOnlyList<FieldProblem> Problems) Read(Given given)
    {
        var unreadable = PlanFields.All.Where(given.Has).Select(field => Unreadable(field, given)).OfType<FieldProblem>().ToList();
        if (unreadable.Count > 0)
            return (null, unreadable);
        try
        {
            var question = Question(given);
            CurrencyOptions.Of(given);
            var problems = PlanRequestRules.Problems(question.Request, question.Inputs).Select(Attribute).ToList();
            return problems.Count == 0 ? (question, problems) : (null, problems);
        }
        catch (InputException exception)
        {
            return (null, [Attribute(exception.Message)]);
        }
    }

    /// <summary>
    /// What is wrong with one field on its own. A model must be one of the known names, lengths a histogram, a project its parts: the
    /// command line also takes a path, which a page that others may reach must not.
    /// </summary>
    private FieldProblem? Unreadable(CommandOption field, Given given)
    {
        var alone = new Given().WithMaybe(field, given.Text(field));
        if (alone.Of(RequestOptions.Model) is { } model && !_models.Contains(model))
            return new(field.Name, NearestNames.Unknown("model", model, _models));
        if (alone.Of(FineTuningOptions.Lengths) is { } lengths && !LengthsText.IsHistogram(lengths))
            return new(field.Name, $"lengths are '{lengths}', expected a histogram as 256:4000,1024:800; files are read by the command "
                + $"line alone");
        if (alone.Of(RequestOptions.Project) is { } project && !ProjectText.IsInOneLine(project))
            return new(field.Name, $"project is '{project}', expected default or parts as ablations=0.2,seeds=2; files are read by the "
                + $"command line alone");
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

    private PlanQuestion Question(Given given) => new(
        bench.Requests.Read(given), bench.InputsFor(given), $"\n{given.Text(RequestOptions.Own)}\n{given.Text(RequestOptions.Reserved)}");

    private static FieldProblem Attribute(string message) =>
        new(PlanFields.All.FirstOrDefault(field => field.IsSubjectOf(message))?.Name ?? "", message);
}
