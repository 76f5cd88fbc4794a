using System.Diagnostics;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Commands;

/// <summary>
/// Completes words as an interactive bash does: it loads the script and calls the function that the script registered. The
/// script stands on <c>_init_completion</c> of the package bash-completion; where that is not installed, its effect on a line
/// of plain words is stood in for.
/// </summary>
public sealed class CompletionTests : IDisposable
{
    private const string Press = """
        if [ -r /usr/share/bash-completion/bash_completion ]; then source /usr/share/bash-completion/bash_completion
        else _init_completion() { [ -n "${COMP_CWORD-}" ] || return 1; words=("${COMP_WORDS[@]}"); cword=$COMP_CWORD; cur=${words[cword]}; prev=${words[cword - 1]}; }; fi
        source "$1"; shift
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
        function=$(complete -p "$1" | sed -E 's/.* -F ([^ ]+) .*/\1/')
        "$function" "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf '%s\n' "${COMPREPLY[@]}" | sort -u
        """;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("slm-plan e", "evidence explain export")]
    [InlineData("slm-plan plan --bud", "--budget")]
    [InlineData("slm-plan offers im", "import")]
    [InlineData("slm-plan export --t", "--to --trainer")]
    [InlineData("slm-plan plan --no-such-option", "")]
    public async Task Bash_completes_commands_and_options(string typed, string expected)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "needs /bin/bash");
        var (code, script) = await Run(Path.Combine(AppContext.BaseDirectory, "slm-plan"), "--completion", "bash");
        Assert.Equal(0, code);
        var (_, words) = await Run("/bin/bash", ["--norc", "-c", Press, "bash", _folder.Write("completion.sh", script),
            .. typed.Split(' ')]);
        Assert.Equal(expected, string.Join(' ', words.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
    }

    [Theory]
    [InlineData("zsh", 0)]
    [InlineData("tcsh", 2)]
    public void Zsh_gets_a_script_and_an_unknown_shell_is_bad_input(string shell, int code) =>
        Assert.Equal(code, CommandRun.Of("--completion", shell).ExitCode);

    public void Dispose() => _folder.Dispose();

    private static async Task<(int ExitCode, string Output)> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        return (process.ExitCode, output);
    }
}
