package io.cloudlet.standalone.demo;

import io.cloudlet.api.v1alpha1.Address;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.sidecar.cli.CommandContext;
import io.cloudlet.sidecar.guest.ApplicationState;
import io.cloudlet.sidecar.guest.GuestApplication;
import io.cloudlet.sidecar.guest.SmallGuest;
import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.time.Duration;

/**
 * The application in the guest of a synthesis, reached where its status says.
 *
 * @param context where it is told
 */
record DemoApplication(CommandContext context) {
  private static final Duration ANSWER = Duration.ofMinutes(2);

  /** Starts it, and lets it live for some seconds. */
  ApplicationState start(Synthesis synthesis) throws IOException {
    try (GuestApplication application = application(synthesis)) {
      application.awaitPulse(ANSWER);
      application.start();
      Stagehand.await("the application to count", () -> counts(application));
      ApplicationState state = application.state();
      context.say(
          "It counts in memory (" + state.counter() + ") and keeps random bytes by checksum.");
      return state;
    }
  }

  /** Its state, with checksums computed anew. */
  ApplicationState state(Synthesis synthesis) throws IOException {
    try (GuestApplication application = application(synthesis)) {
      application.awaitPulse(ANSWER);
      return application.state();
    }
  }

  private static boolean counts(GuestApplication application) {
    try {
      return application.pulse().counter() >= 5;
    } catch (CloudletException e) {
      return false;
    }
  }

  private static GuestApplication application(Synthesis synthesis) throws CloudletException {
    Address address =
        synthesis.getStatus().addresses().stream()
            .filter(it -> it.guest() == SmallGuest.PORT)
            .findFirst()
            .orElseThrow(() ->
                new CloudletException(
                    "the status of synthesis "
                        + synthesis.getMetadata().getName()
                        + " has no address for port "
                        + SmallGuest.PORT));
    return new GuestApplication(address.port(), ANSWER);
  }
}
