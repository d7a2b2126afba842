package io.cloudlet.sidecar.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Builds the tree of all commands and decides how their ends become exit codes. */
final class CommandTree {
  private final Session session;
  private final List<Addition> more;
  private final Root root = new Root();

  CommandTree(Session session) {
    this(session, List.of());
  }

  /**
   * With commands of other modules.
   *
   * @param more makes them; one takes the place of a command of the same name
   */
  CommandTree(Session session, List<Addition> more) {
    this.session = session;
    this.more = more;
  }

  /** Runs one command; its exit code. Whatever is thrown becomes a sentence. */
  int run(String... arguments) {
    try {
      return build().execute(arguments);
    } catch (Error e) {
      return fail(e);
    }
  }

  /** The program as picocli runs it. */
  CommandLine build() {
    CommandLine tree =
        new CommandLine(root)
            .addSubcommand(bases())
            .addSubcommand(vms())
            .addSubcommand(overlays())
            .addSubcommand(new Synthesize(session))
            .addSubcommand(new DemoCommand(session))
            .addSubcommand(new BenchCommand(session))
            .addSubcommand(new DoctorCommand(session))
            .addSubcommand(new AgentCommand(session))
            .addSubcommand(group(new Group.Completion(), new CompletionBash(session)));
    addOthers(tree);
    Converters.register(tree);
    tree.setCaseInsensitiveEnumValuesAllowed(true);
    tree.setOut(new PrintWriter(session.output().results(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(session.output().messages(), true, StandardCharsets.UTF_8))
        .setExecutionStrategy(this::execute)
        .setParameterExceptionHandler((e, arguments) -> refuse(e))
        .setExecutionExceptionHandler((e, line, result) -> fail(e));
    describeExitCodes(tree.getCommandSpec());
    return tree;
  }

  private void addOthers(CommandLine tree) {
    for (Addition addition : more) {
      CommandLine command = new CommandLine(addition.maker().apply(session));
      if (addition.group() != null) {
        CommandLine group = tree.getSubcommands().get(addition.group());
        Objects.requireNonNull(group, addition.group()).addSubcommand(command);
        continue;
      }
      String name = command.getCommandName();
      if (tree.getSubcommands().containsKey(name)) {
        tree.getCommandSpec().removeSubcommand(name);
      }
      tree.addSubcommand(command);
    }
  }

  private CommandLine bases() {
    return group(
        new Group.Base(),
        new BaseCreate(session),
        new BaseLs(session),
        new BaseInfo(session),
        new BaseVerify(session),
        new BaseExport(session),
        new BaseImport(session),
        new BaseRm(session));
  }

  private CommandLine vms() {
    return group(
        new Group.Vm(),
        new VmResume(session),
        new VmLs(session),
        new VmInfo(session),
        new VmConsole(session),
        new VmStop(session),
        new VmRm(session));
  }

  private CommandLine overlays() {
    return group(
        new Group.Overlay(),
        new OverlayCreate(session),
        new OverlayInfo(session),
        new OverlayVerify(session),
        new OverlayDiffCommand(session),
        new OverlayApply(session),
        new OverlayCache(session));
  }

  private static CommandLine group(Object group, Object... commands) {
    CommandLine line = new CommandLine(group);
    for (Object command : commands) {
      line.addSubcommand(command);
    }
    return line;
  }

  private static void describeExitCodes(CommandSpec root) {
    Map<String, String> codes = new LinkedHashMap<>();
    for (ExitCode code : ExitCode.values()) {
      codes.put(Integer.toString(code.code()), code.meaning());
    }
    root.usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(codes);
  }

  private int execute(ParseResult result) {
    ParseResult last = result;
    StringBuilder name = new StringBuilder();
    while (last.hasSubcommand()) {
      last = last.subcommand();
      name.append(name.isEmpty() ? "" : " ").append(last.commandSpec().name());
    }
    if (root.data != null && root.data.toString().isEmpty()) {
      throw new CommandLine.ParameterException(
          last.commandSpec().commandLine(), "--data names no folder");
    }
    session.output().configure(root.format, root.quiet);
    session.configure(root.data == null ? session.root() : root.data, name.toString());
    return new CommandLine.RunLast().execute(result);
  }

  private int refuse(CommandLine.ParameterException e) {
    CommandLine line = e.getCommandLine();
    StringBuilder hint = new StringBuilder();
    if (e instanceof CommandLine.UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      hint.append("; did you mean ").append(String.join(" or ", unmatched.getSuggestions()));
    }
    session
        .output()
        .error(
            e.getMessage()
                + hint
                + "; '"
                + line.getCommandSpec().qualifiedName()
                + " --help' explains it");
    return ExitCode.USAGE.code();
  }

  private int fail(Throwable thrown) {
    if (root.debug) {
      thrown.printStackTrace(session.output().messages());
    }
    Failure failure = Failure.of(thrown);
    session.output().error(failure.sentence());
    return failure.code().code();
  }
}
