package io.cloudlet.operator.synthesis;

import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import io.cloudlet.api.v1alpha1.SynthesisStatusBuilder;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Objects;

/** Which updates of a Synthesis concern the operator: not how far its agent has come. */
public final class RelevantSynthesisChange implements OnUpdateFilter<Synthesis> {
  @Override
  public boolean accept(Synthesis now, Synthesis before) {
    return !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
        || !Objects.equals(now.getMetadata().getFinalizers(), before.getMetadata().getFinalizers())
        || now.isMarkedForDeletion() != before.isMarkedForDeletion()
        || !relevant(now).equals(relevant(before));
  }

  private static SynthesisStatus relevant(Synthesis synthesis) {
    return new SynthesisStatusBuilder(SynthesisStatuses.of(synthesis))
        .progress(null)
        .timings(null)
        .build();
  }
}
