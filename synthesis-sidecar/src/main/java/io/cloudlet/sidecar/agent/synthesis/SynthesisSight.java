package io.cloudlet.sidecar.agent.synthesis;

import io.cloudlet.sidecar.agent.job.JobState;
import io.cloudlet.sidecar.agent.vm.Life;
import io.cloudlet.sidecar.node.VmRecord;
import org.jspecify.annotations.Nullable;

/**
 * What there is of a Synthesis on this node.
 *
 * @param vm its VM; null when there is none
 * @param life what has become of the VM
 * @param facts what is known beside
 * @param base digest of its base VM; null while nobody knows
 * @param baseHere whether the base VM is on this node
 * @param fetch how far the base VM's transfer has come
 * @param work how far the look at its overlay, or its start, has come
 * @param probe how far the wait for its port has come
 * @param ports how far a change of its ports has come
 */
record SynthesisSight(
    @Nullable VmRecord vm,
    Life life,
    SynthesisFacts facts,
    @Nullable String base,
    boolean baseHere,
    JobState fetch,
    JobState work,
    JobState probe,
    JobState ports) {}
