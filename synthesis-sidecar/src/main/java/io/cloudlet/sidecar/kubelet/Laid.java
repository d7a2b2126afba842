package io.cloudlet.sidecar.kubelet;

/** How a file came into a pod's folder. */
public enum Laid {
  /** It is there under another name: nothing was copied, and changes are seen. */
  LINKED,
  /** A copy is there, or one that shares the file's blocks. */
  COPIED
}
