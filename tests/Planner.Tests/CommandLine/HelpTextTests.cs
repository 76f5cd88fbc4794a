using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.CommandLine;

public sealed class HelpTextTests
{
    private static readonly Command Bake = new(
        "bake",
        "Bake bread until it is done, or until nobody waits for it any more, whichever comes first.")
    {
        Arguments = [new("RECIPE", "what to bake"), new("GUEST", "who eats it") { IsList = true, IsOptional = true }],
        Options =
        [
            CommandOption.Flag("crust", "make it crisp"),
            CommandOption.OrElse("heat", Values.Number("CELSIUS").Within(50, 300), 220, "how hot the oven is while the bread is in it") with
            {
                Group = OptionGroup.Limits,
            },
            CommandOption.Many("grain", Values.Text("LIST"), "kinds of grain") with
            {
                Group = OptionGroup.Hardware,
                Example = "rye,wheat,barley,oats,millet,buckwheat",
            },
            CommandOption.Needed("into", Values.Text("VERY-LONG-NAME-OF-A-BASKET"), "where it goes") with
            {
                Group = OptionGroup.Output,
                Example = "basket",
            },
        ],
        Examples = ["oven bake rye --into basket"],
    };

    [Fact]
    public void Help_is_grouped_wrapped_and_says_units() => Golden.Equal(new HelpText("oven", 60).Of(Bake) + "\n", "bake-help.txt");

    [Fact]
    public void A_list_of_commands_leaves_out_what_only_the_program_calls() => Golden.Equal(
        new HelpText("oven", 60).Index("Bread.", [Bake, new("knead", "Knead.") { IsHidden = true }]) + "\n", "oven-help.txt");
}
