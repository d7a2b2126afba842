package io.cloudlet.sidecar.agent.job;

/**
 * Which work it is: there is one job of a kind for an object.
 *
 * @param uid of the object, or another name that no other object has
 * @param kind what is done, a word such as {@code capture}; a label of metrics
 */
public record JobKey(String uid, String kind) {}
