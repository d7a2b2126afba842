package io.cloudlet.sidecar.agent.job;

import org.jspecify.annotations.Nullable;

/**
 * A job to be done.
 *
 * @param key which
 * @param what it does, for the messages of those who wait for it: {@code the capture of a/b}
 * @param resource what it needs for itself, such as {@code vm/NAME}; jobs that need the same take
 *     their turns in the order in which they came. Null when it needs nothing
 * @param heavy whether all of it takes a processor for long; only so many of these run at once
 * @param work what it does
 * @param changed called when it has come further, at most once a second, and when it has ended;
 *     returns at once
 */
public record JobRequest(
    JobKey key,
    String what,
    @Nullable String resource,
    boolean heavy,
    Work work,
    Runnable changed) {}
