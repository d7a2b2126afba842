package io.cloudlet.sidecar.agent.base;

/**
 * Which base VM belongs to a BaseVM. It does so until the BaseVM is deleted, wherever copies are.
 *
 * @param object namespace and name of the BaseVM, with a slash between them
 * @param digest of the base VM
 */
record BaseFacts(String object, String digest) {}
