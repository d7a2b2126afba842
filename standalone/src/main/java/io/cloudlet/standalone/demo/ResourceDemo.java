package io.cloudlet.standalone.demo;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.sidecar.cli.CommandContext;
import io.cloudlet.sidecar.cli.DemoReport;
import io.cloudlet.sidecar.guest.ApplicationState;
import io.cloudlet.sidecar.guest.GuestImage;
import io.cloudlet.sidecar.guest.SmallGuest;
import io.cloudlet.sidecar.machine.Accelerator;
import io.cloudlet.standalone.cluster.Cluster;
import io.cloudlet.standalone.cluster.NodeSettings;
import io.cloudlet.standalone.kubernetes.ApiServer;
import io.cloudlet.standalone.kubernetes.Programs;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Base VM, application, overlay, other node: the story of {@code examples/}, really applied.
 *
 * @param context where it is told
 * @param programs of the API server
 * @param accelerator what runs guests; null for what works
 */
public record ResourceDemo(
    CommandContext context, Programs programs, @Nullable Accelerator accelerator) {
  static final String ONE = "node-one";
  static final String TWO = "node-two";

  /** What the example of the second synthesis asks of its node. */
  private static final Map<String, String> EDGE = Map.of("topology.kubernetes.io/zone", "edge-1");

  /** Plays it; takes some minutes, and leaves nothing behind. */
  public void run() throws IOException {
    context.say("A small Debian guest is made, or found in the cache");
    GuestImage guest =
        SmallGuest.build(SmallGuest.defaultCache(), step -> context.say("- " + step));
    try (DemoPlace place = DemoPlace.open(SmallGuest.defaultCache().resolve("demo"));
        GuestFiles files = new GuestFiles(guest.disk().toAbsolutePath().resolveSibling("."));
        ApiServer server = ApiServer.start(place.server(), programs, context::say);
        Cluster cluster = Cluster.start(server)) {
      context.say("A Kubernetes API server runs, with Cloudlet; all of it lies in " + place.root());
      play(place, guest, files, cluster, new Tables(context, server));
    }
  }

  private void play(
      DemoPlace place, GuestImage guest, GuestFiles files, Cluster cluster, Tables tables)
      throws IOException {
    Examples examples = new Examples(cluster.administrator().getKubernetesSerialization());
    Stagehand stage = new Stagehand(context, cluster.administrator());

    chapter("Node one boots a system once and keeps it as a base VM", "basevm-from-image");
    cluster.add(List.of(new NodeSettings(ONE, Map.of(), place.node(ONE), 0, 0, accelerator)));
    PhaseClock boot = new PhaseClock("Booting");
    BaseVM base = stage.apply(examples.base(guest, files), boot);
    tables.show("cloudletnodes,basevms");

    chapter("Node one resumes it, and an application starts", "synthesis-of-base");
    Synthesis workbench = stage.apply(examples.ofBase(), _ -> {});
    DemoApplication application = new DemoApplication(context);
    ApplicationState before = application.start(workbench);

    chapter("What the VM has become is captured; it runs on", "vmoverlay");
    VMOverlay overlay = stage.apply(examples.overlay(), _ -> {});
    tables.show("vmoverlays");

    chapter(
        "Node two joins, fetches the base VM, and resumes the application", "synthesis-of-overlay");
    cluster.add(List.of(new NodeSettings(TWO, EDGE, place.node(TWO), 0, 0, accelerator)));
    Synthesis first = stage.apply(examples.ofOverlay(), _ -> {});
    ApplicationState after = application.state(first);
    tables.show("synthesis,basevms");

    chapter("It is deleted and applied again: node two has everything now", "synthesis-of-overlay");
    stage.delete(first);
    Synthesis second = stage.apply(examples.ofOverlay(), _ -> {});
    application.state(second);
    tables.show("synthesis -o wide");

    DemoReport report =
        new Figures(stage.current(base), overlay, first, second).report(boot, before, after);
    report.prove();
    context.say("\nEverything is deleted, and the VMs end");
    for (HasMetadata resource : List.of(second, workbench, overlay, base)) {
      stage.delete(resource);
    }
    context.result(report, "\n" + report.proof() + "\n\n" + report.figures());
    context.say("\nThe same application runs on: same boot, same memory, same disk.");
  }

  private void chapter(String title, String example) {
    context.say("\n" + title + "  (kubectl apply -f examples/" + example + ".yaml)");
  }
}
