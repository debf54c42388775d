{{- define "inventory-events.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- /* Labels of everything; with a component those of one app. */ -}}
{{- define "inventory-events.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
{{ include "inventory-events.selector" . }}
{{- end -}}

{{- define "inventory-events.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- with .component }}
app.kubernetes.io/component: {{ . }}
{{- end }}
{{- end -}}

{{- define "inventory-events.secretName" -}}
{{- .Values.secrets.existingSecret | default (include "inventory-events.fullname" .) -}}
{{- end -}}

{{- define "inventory-events.image" -}}
{{- $tag := coalesce .app.image.tag .root.Values.image.tag .root.Chart.AppVersion -}}
{{- with .root.Values.image.registry -}}{{ trimSuffix "/" . }}/{{- end -}}
{{ .app.image.repository }}:{{ $tag }}
{{- end -}}

{{- /* Rejected by no namespace that enforces the "restricted" pod security standard. */ -}}
{{- define "inventory-events.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1000
runAsGroup: 1000
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "inventory-events.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{- /* (values of the rule, file name) */ -}}
{{- define "inventory-events.runbook" -}}
{{- $file := index . 1 -}}
{{- with (index . 0).runbookBaseUrl }}
runbook_url: {{ . }}{{ $file }}
{{- end -}}
{{- end -}}
