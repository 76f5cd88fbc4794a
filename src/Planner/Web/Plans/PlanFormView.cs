using SlmPlanner.Core.Planning;
using SlmPlanner.Core.Text;
using SlmPlanner.Planner.Requests;
using SlmPlanner.Presentation.Pages;

namespace SlmPlanner.Planner.Web.Plans;

/// <summary>The form, with each problem beside its field.</summary>
internal static class PlanFormView
{
    /// <summary>The form filled with what was asked.</summary>
    public static Html Render(PlanForm form, RequestTexts texts, IReadOnlyList<FieldProblem> problems) => Html.Of($"""
        <form id="plan" action="/plan" method="get" aria-label="What to train">
        <p class="problem" role="alert" id="problem-">{Message(problems, "")}</p>
        <div class="fields">
        {PlanFields.Main.Select(field => Text(field, texts, problems))}
        {Objectives(texts, problems)}
        </div>
        <fieldset class="boxes"><legend>Prices</legend>
        <label><input type="checkbox" name="{PlanFields.Spot}" value="true"{Checked(texts.Spot)}> interruptible (spot) prices too</label></fieldset>
        <details{Open(texts.Providers is not null || Has(problems, PlanFields.Providers))}><summary>Providers</summary>
        <p class="note">None ticked means all.</p>
        <div class="boxes">
        {Providers(form, texts)}</div>
        {Problem(PlanFields.Providers, problems)}</details>
        <details{Open(PlanFields.More.Any(field => field.Read(texts) is not null || Has(problems, field)))}><summary>For engineers</summary>
        <div class="fields">
        {PlanFields.More.Select(field => Text(field, texts, problems))}</div></details>
        <p><button type="submit">Plan</button> <span id="progress" role="status"></span></p>
        {List("list-model", form.Models)}{List("list-gpus", form.Gpus)}
        </form>
        """);

    private static Html Text(PlanField field, RequestTexts texts, IReadOnlyList<FieldProblem> problems) => Html.Of($"""
        <div class="field">
        <label for="{field.Name}">{field.Label}</label>
        <input id="{field.Name}" name="{field.Name}" value="{field.Read(texts) ?? ""}" placeholder="{field.Example}" autocomplete="off" maxlength="400" list="list-{field.Name}" aria-describedby="problem-{field.Name}"{Invalid(field, problems)}>
        {Slider(field)}
        {Problem(field, problems)}
        </div>

        """);

    /// <summary>A slider for what is worth moving; the script sets its ends and writes the field.</summary>
    private static Html Slider(PlanField field) => field.Name is "budget" or "deadline" or "max-gpus"
        ? Html.Of($"<input type=\"range\" class=\"script-only\" data-for=\"{field.Name}\" min=\"0\" max=\"1000\" aria-label=\"{field.Label}, slider\">")
        : default;

    private static Html Objectives(RequestTexts texts, IReadOnlyList<FieldProblem> problems) => Html.Of($"""
        <div class="field">
        <label for="objective">{PlanFields.Objective.Label}</label>
        <select id="objective" name="objective" aria-describedby="problem-objective"{Invalid(PlanFields.Objective, problems)}>
        <option value="">whatever suits the limits</option>
        {Enum.GetValues<Objective>().Select(DeclaredName.Of).Select(name => Html.Of($"<option value=\"{name}\"{Selected(string.Equals(name, texts.Objective, StringComparison.OrdinalIgnoreCase))}>{name}</option>\n"))}</select>
        {Problem(PlanFields.Objective, problems)}
        </div>
        """);

    private static Html Providers(PlanForm form, RequestTexts texts)
    {
        var chosen = Choices.Names(texts.Providers);
        return Html.Join(form.Providers.Select(provider => Html.Of(
            $"<label><input type=\"checkbox\" name=\"providers\" value=\"{provider}\"{Checked(chosen.Contains(provider, StringComparer.OrdinalIgnoreCase))}> {provider}</label>\n")));
    }

    private static Html Problem(PlanField field, IReadOnlyList<FieldProblem> problems) =>
        Html.Of($"<p class=\"problem\" id=\"problem-{field.Name}\">{Message(problems, field.Name)}</p>");

    private static string Message(IReadOnlyList<FieldProblem> problems, string field) =>
        string.Join("; ", problems.Where(problem => problem.Field == field).Select(problem => problem.Message));

    private static bool Has(IReadOnlyList<FieldProblem> problems, PlanField field) => problems.Any(problem => problem.Field == field.Name);

    private static Html List(string id, IEnumerable<string> names) =>
        Html.Of($"<datalist id=\"{id}\">{names.Select(name => Html.Of($"<option value=\"{name}\"></option>"))}</datalist>\n");

    private static Html Invalid(PlanField field, IReadOnlyList<FieldProblem> problems) => Html.Trusted(Has(problems, field) ? " aria-invalid=\"true\"" : "");

    private static Html Checked(bool isChecked) => Html.Trusted(isChecked ? " checked=\"checked\"" : "");

    private static Html Selected(bool isSelected) => Html.Trusted(isSelected ? " selected=\"selected\"" : "");

    private static Html Open(bool isOpen) => Html.Trusted(isOpen ? " open=\"open\"" : "");
}
