package io.cloudlet.sidecar.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Main.class.getPackage().getImplementationVersion();
    return new String[] {
      "cloudlet " + Objects.requireNonNullElse(version, "(not packaged)"),
      "JDK " + Runtime.version()
    };
  }
}
