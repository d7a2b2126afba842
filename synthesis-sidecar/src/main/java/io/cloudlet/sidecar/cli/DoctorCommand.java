package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.cli.doctor.Doctor;
import io.cloudlet.sidecar.cli.doctor.Finding;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code doctor}. */
@Command(
    name = "doctor",
    description = "Says what this machine has and lacks, with the command that mends it.")
final class DoctorCommand implements Callable<Integer> {
  private final Session session;

  DoctorCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    List<Finding> findings = new Doctor(session.root()).examine();
    Table table = new Table("", "WHAT", "FOUND", "MENDED BY");
    for (Finding finding : findings) {
      String remedy = finding.remedy() == null ? "" : finding.remedy();
      table.row(finding.verdict().toString(), finding.name(), finding.detail(), remedy);
    }
    session.output().result(findings, table.toString());
    boolean works =
        findings.stream().noneMatch(finding -> finding.verdict() == Finding.Verdict.MISSING);
    return (works ? ExitCode.OK : ExitCode.FAILED).code();
  }
}
