using CsCheck;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Tests.Text;

public sealed class ReadableTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(1234.5, "1,230")]
    [InlineData(45.64, "45.6")]
    [InlineData(0.012345, "0.0123")]
    [InlineData(-7.5, "-7.5")]
    [InlineData(99.96, "100")]
    public void Numbers_have_three_significant_digits(double value, string text) => Assert.Equal(text, Readable.Number(value));

    [Theory]
    [InlineData(950, "950")]
    [InlineData(12_500, "12.5k")]
    [InlineData(20e9, "20B")]
    [InlineData(970_458_240, "970M")]
    public void Counts_have_a_suffix(double value, string text) => Assert.Equal(text, Readable.Count(value));

    [Theory]
    [InlineData(3.47, "$3.47")]
    [InlineData(5, "$5")]
    [InlineData(211.7, "$212")]
    [InlineData(12_345.6, "$12,346")]
    [InlineData(2.5e6, "$2.5M")]
    [InlineData(-3.71, "−$3.71")]
    public void Dollars_have_cents_only_where_they_matter(double value, string text) => Assert.Equal(text, Readable.Usd(value));

    [Theory]
    [InlineData(0.5, "30 min")]
    [InlineData(31.44, "31.4 h")]
    [InlineData(168, "7 days")]
    [InlineData(87_660, "10 years")]
    public void Times_have_the_unit_a_person_would_use(double hours, string text) => Assert.Equal(text, Readable.Hours(hours));

    [Theory]
    [InlineData(74.4, 100.8, "3.1–4.2 days")]
    [InlineData(18.7, 103.4, "18.7 h–4.31 days")]
    public void A_range_of_times_from_hours_to_days_gives_each_end_its_unit(double low, double high, string text) =>
        Assert.Equal(text, Readable.HoursRange(low, high));

    [Fact]
    public void A_range_of_dollars_without_a_difference_is_one_amount() => Assert.Equal("$70", Readable.UsdRange(70.1, 70.4));

    [Theory]
    [InlineData(0.417, "42 %")]
    [InlineData(0.0043, "0.4 %")]
    [InlineData(1.32, "132 %")]
    [InlineData(0.0000123, "0.00123 %")]
    public void Shares_are_per_cent(double share, string text) => Assert.Equal(text, Readable.Percent(share));

    [Theory]
    [InlineData(0.9999, "above 99 %")]
    [InlineData(0.95, "95 %")]
    [InlineData(0.001, "below 1 %")]
    public void Probabilities_are_never_certain(double probability, string text) => Assert.Equal(text, Readable.Probability(probability));

    [Fact]
    public void A_shown_number_is_within_half_a_per_cent() => Gen.Double[1e-6, 1e12].Sample(value =>
        Assert.InRange(double.Parse(Readable.Number(value), System.Globalization.NumberStyles.Number), value * 0.995, value * 1.005));
}
