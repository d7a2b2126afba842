package io.cloudlet.sidecar.agent.base;

import io.cloudlet.sidecar.agent.job.JobState;
import io.cloudlet.sidecar.agent.vm.Life;
import io.cloudlet.sidecar.base.BaseManifest;
import io.cloudlet.sidecar.node.VmRecord;
import org.jspecify.annotations.Nullable;

/**
 * What there is of a BaseVM on this node.
 *
 * @param digest of its base VM; null until it has been made
 * @param manifest of the base VM; null when that is not on this node, or not any more
 * @param storedBytes what it takes here
 * @param packageBytes size of its package; null while there is none here
 * @param vm the VM to be promoted; null when there is none
 * @param life what has become of that VM
 * @param work how far making it has come
 * @param export how far its package has come
 */
record BaseSight(
    @Nullable String digest,
    @Nullable BaseManifest manifest,
    long storedBytes,
    @Nullable Long packageBytes,
    @Nullable VmRecord vm,
    Life life,
    JobState work,
    JobState export) {}
