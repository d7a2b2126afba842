package io.cloudlet.sidecar.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program and the options that every command takes. */
@Command(
    name = "cloudlet",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class,
    sortOptions = false,
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    description = "Resumes customised virtual machines, applications running, from small files.")
final class Root {
  @Option(
      names = "--data",
      scope = ScopeType.INHERIT,
      paramLabel = "DIR",
      description =
          "Where base VMs and VMs are kept; otherwise $CLOUDLET_DATA, or"
              + " ~/.local/share/cloudlet.")
  @Nullable Path data;

  @Option(
      names = "--output",
      scope = ScopeType.INHERIT,
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "Results as ${COMPLETION-CANDIDATES}; text is for people.")
  Output.Format format = Output.Format.text;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "No progress and no remarks.")
  boolean quiet;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "With an error, where in the program it happened.")
  boolean debug;
}
