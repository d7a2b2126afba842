package io.cloudlet.sidecar.bench;

/**
 * A figure that this program means to reach.
 *
 * @param what in words
 * @param limit what it has to be
 * @param found what it is
 * @param reached whether that suffices
 */
public record Goal(String what, String limit, String found, boolean reached) {}
