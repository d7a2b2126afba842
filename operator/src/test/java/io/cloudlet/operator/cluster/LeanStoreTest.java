package io.cloudlet.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.v1alpha1.Synthesis;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import org.junit.jupiter.api.Test;

class LeanStoreTest {
  private final LeanStore<Synthesis> store = new LeanStore<>();

  @Test
  void keepsAllButWhoManagesWhat() {
    Synthesis synthesis = new Synthesis();
    synthesis.setMetadata(
        new ObjectMetaBuilder()
            .withName("one")
            .withNamespace("default")
            .withResourceVersion("7")
            .withManagedFields(new ManagedFieldsEntryBuilder().withManager("somebody").build())
            .build());

    store.put(store.getKey(synthesis), synthesis);

    Synthesis kept = store.get("default/one");
    assertThat(kept.getMetadata().getResourceVersion()).isEqualTo("7");
    assertThat(kept.getMetadata().getManagedFields()).isEmpty();
  }
}
