using SlmPlanner.Calibrator.Loading;

namespace SlmPlanner.Calibrator.Tests.Loading;

public sealed class MainThreadTests
{
    /// <summary>The queue of work was one for the process: the second program found it closed.</summary>
    [Fact]
    public void Each_program_is_served_by_the_thread_that_calls_one_after_the_other()
    {
        for (var program = 1; program <= 2; program++)
        {
            using var thread = new MainThread();
            var (here, ran) = (Environment.CurrentManagedThreadId, 0);
            Assert.Equal(program, thread.Serve(() =>
            {
                ran = thread.Run(() => Environment.CurrentManagedThreadId);
                return program;
            }));
            Assert.Equal(here, ran);
        }
    }

    [Fact]
    public void What_fails_comes_back_as_it_was_thrown()
    {
        using var thread = new MainThread();
        Assert.Throws<FormatException>(() => thread.Serve(() => thread.Run<int>(() => throw new FormatException())));
    }
}
