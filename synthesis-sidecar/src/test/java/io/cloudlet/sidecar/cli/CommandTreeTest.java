package io.cloudlet.sidecar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandTreeTest {
  @TempDir Path data;

  @Test
  void everyCommandExplainsItself() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    Session session = new Session(Map.of("HOME", "/"), new Output(nowhere, nowhere, false));
    explain(new CommandTree(session).build());
  }

  private static void explain(CommandLine line) {
    String usage = line.getUsageMessage();
    assertThat(usage).contains("Usage: " + line.getCommandSpec().qualifiedName());
    assertThat(line.getCommandSpec().usageMessage().description()).isNotEmpty();
    assertThat(line.getCommandSpec().options())
        .allSatisfy(
            option -> assertThat(option.description()).as(option.longestName()).isNotEmpty());
    line.getSubcommands().values().forEach(CommandTreeTest::explain);
  }

  @Test
  void aWrongCommandLineIsOneSentenceAndCodeTwo() {
    CommandLineRun run = CommandLineRun.of(data, "vm", "lss");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.results()).isEmpty();
    assertThat(run.messages().strip())
        .contains("'lss'; did you mean ls", "'cloudlet vm --help'")
        .doesNotContain("\n");
    assertThat(CommandLineRun.of(data, "vm").code()).isEqualTo(2);
    assertThat(CommandLineRun.of(data, "vm", "ls", "--output", "xml").code()).isEqualTo(2);
  }

  @Test
  void resultsAreJsonWhenAskedFor() throws Exception {
    CommandLineRun run = CommandLineRun.of(data, "vm", "ls", "--output", "json");
    assertThat(run.code()).isZero();
    assertThat(new ObjectMapper().readTree(run.results()).isArray()).isTrue();
    assertThat(CommandLineRun.of(data, "vm", "ls").results().strip()).isEqualTo("no VMs");
  }

  @Test
  void takesCommandsOfOtherModulesInPlaceOfItsOwn() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    Session session = new Session(Map.of("HOME", "/"), new Output(nowhere, nowhere, false));
    CommandTree tree = new CommandTree(session, List.of(Addition.command(OtherDemo::new)));
    assertThat(tree.run("--data", data.toString(), "demo")).isEqualTo(42);
    assertThat(session.root()).isEqualTo(data);
  }

  @CommandLine.Command(name = "demo")
  private record OtherDemo(CommandContext context) implements Callable<Integer> {
    @Override
    public Integer call() {
      return 42;
    }
  }

  @Test
  void completionIsAScriptForBash() {
    CommandLineRun run = CommandLineRun.of(data, "completion", "bash");
    assertThat(run.code()).isZero();
    assertThat(run.results()).startsWith("#!").contains("complete -F _complete_cloudlet");
  }
}
