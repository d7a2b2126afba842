{{/* Labels that select pods: they never change. Argument: context, component. */}}
{{- define "cloudlet.selector" -}}
app.kubernetes.io/name: cloudlet
app.kubernetes.io/instance: {{ .context.Release.Name | quote }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{/* All labels of an object. Argument: context, component. */}}
{{- define "cloudlet.labels" -}}
{{ include "cloudlet.selector" . }}
app.kubernetes.io/version: {{ .context.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: cloudlet
app.kubernetes.io/managed-by: {{ .context.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .context.Chart.Name .context.Chart.Version | replace "+" "_" | quote }}
{{- with .context.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Name of an image. Argument: context, image. */}}
{{- define "cloudlet.image" -}}
{{- $name := .image.repository }}
{{- with .context.Values.imageRegistry }}{{ $name = printf "%s/%s" (trimSuffix "/" .) $name }}{{ end }}
{{- if .image.digest }}{{ printf "%s@%s" $name .image.digest }}
{{- else }}{{ printf "%s:%s" $name (.image.tag | default .context.Chart.AppVersion) }}{{ end }}
{{- end }}

{{/* Name of the Secret with the agents' token. */}}
{{- define "cloudlet.token" -}}
{{ .Values.agent.token.existingSecret | default "cloudlet-agent-token" }}
{{- end }}

{{/*
The objects of a plain file, with this release's namespace, labels and annotations. The file stays
what "kubectl apply" takes. Argument: context, file, component, annotations.
*/}}
{{- define "cloudlet.file" -}}
{{- $it := . }}
{{- range splitList "\n---\n" (printf "\n%s" ($it.context.Files.Get $it.file)) }}
{{- $object := fromYaml . }}
{{- if $object }}
{{- with $object.Error }}{{ fail (printf "%s: %s" $it.file .) }}{{ end }}
{{- $metadata := $object.metadata }}
{{- $labels := include "cloudlet.labels" (dict "context" $it.context "component" $it.component) | fromYaml }}
{{- $_ := set $metadata "labels" (merge (dict) ($metadata.labels | default dict) $labels) }}
{{- with $it.annotations }}
{{- $_ := set $metadata "annotations" (merge (dict) ($metadata.annotations | default dict) .) }}
{{- end }}
{{- if $metadata.namespace }}{{ $_ := set $metadata "namespace" $it.context.Release.Namespace }}{{ end }}
{{- range $object.subjects }}{{ $_ := set . "namespace" $it.context.Release.Namespace }}{{ end }}
{{- if eq $object.kind "ServiceAccount" }}
{{- with (index $it.context.Values $it.component).serviceAccountAnnotations }}
{{- $_ := set $metadata "annotations" . }}
{{- end }}
{{- end }}
---
{{ toYaml $object }}
{{ end }}
{{- end }}
{{- end }}
