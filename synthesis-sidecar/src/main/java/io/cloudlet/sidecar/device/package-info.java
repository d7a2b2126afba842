/**
 * Gives KVM to pods: serves the kubelet's API for device plugins, v1beta1.
 *
 * <p>Source of its messages and their field numbers: {@code
 * pkg/apis/deviceplugin/v1beta1/api.proto} of the Go module {@code k8s.io/kubelet} v0.36.3. The few
 * that are needed are read and written by hand, so that neither a compiler of protocols nor its
 * library is.
 */
@NullMarked
package io.cloudlet.sidecar.device;

import org.jspecify.annotations.NullMarked;
