package io.cloudlet.sidecar.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code completion bash}. */
@Command(
    name = "bash",
    description = "Prints a completion script; use it with: source <(cloudlet completion bash)")
final class CompletionBash implements Callable<Integer> {
  private final Session session;

  @Spec private CommandSpec spec;

  CompletionBash(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    CommandSpec root = spec.root();
    session.output().results().print(AutoComplete.bash(root.name(), root.commandLine()));
    return ExitCode.OK.code();
  }
}
