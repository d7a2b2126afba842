package io.cloudlet.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.v1alpha1.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** What people read of a wish that cannot be fulfilled. */
record Wishes(Lab lab) {
  private static final Duration TOLD = Duration.ofSeconds(30);

  /** Makes a wish, reads why it is not fulfilled in its status and in an Event, and gives it up. */
  void assertTold(Wish wish) {
    HasMetadata object = lab.resources.create(wish.kind(), Specs.yaml("wish", wish.spec().get()));
    try {
      Sighting seen = awaitTold(object, wish.reason());
      System.out.println(wish + ": " + seen);
      assertThat(seen.ready().message()).contains(wish.words());
      switch (wish.hope()) {
        case WAITS -> assertThat(seen.phase()).isEqualTo("Pending");
        case RETRIES -> assertThat(seen.phase()).isNotEqualTo("Failed");
        case NONE -> assertThat(seen.phase()).isEqualTo("Failed");
      }
      Awaitility.await().atMost(TOLD).untilAsserted(() -> assertEvent(object, wish.reason()));
    } finally {
      lab.resources.deleteUnused(object);
    }
  }

  /** Waits until Ready gives a reason. */
  Sighting awaitTold(HasMetadata object, String reason) {
    return Sighting.of(lab.resources.await(object, reason, it -> isTold(it, reason)));
  }

  private static boolean isTold(HasMetadata object, String reason) {
    return Condition.find(Sighting.of(object).conditions(), Condition.READY)
        .filter(it -> it.reason().equals(reason))
        .isPresent();
  }

  /** There is an Event of a reason. */
  void assertEvent(HasMetadata about, String reason) {
    List<Event> all =
        lab.client.events().v1().events().inNamespace(Resources.NAMESPACE).list().getItems();
    assertThat(all)
        .filteredOn(it -> about.getMetadata().getUid().equals(it.getRegarding().getUid()))
        .extracting(Event::getReason)
        .contains(reason);
  }
}
