/**
 * This node's agent: does what resources of the API server ask of the node, with the engine, and
 * reports into their statuses.
 */
@NullMarked
package io.cloudlet.sidecar.agent;

import org.jspecify.annotations.NullMarked;
