package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.qemu.LiveQemu;

/**
 * A VM that runs.
 *
 * @param qemu its process, which outlives this program
 * @param way how its memory got there
 * @param times how long it took
 */
public record Synthesized(LiveQemu qemu, Way way, SynthesisTimes times) {}
