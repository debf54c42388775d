{{- /* HTTP from outside to one app: {root, component, app}. */ -}}
{{- define "inventory-events.ingress" -}}
{{- $name := printf "%s-%s" (include "inventory-events.fullname" .root) .component }}
{{- $labels := include "inventory-events.labels" (dict "root" .root "component" .component) }}
{{- with .app.ingress }}
{{- if .enabled }}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: {{ $name }}
  labels:
    {{- $labels | nindent 4 }}
  {{- with .annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  {{- with .className }}
  ingressClassName: {{ . }}
  {{- end }}
  {{- with .tlsSecretName }}
  tls:
    - hosts: [{{ $.app.ingress.host | quote }}]
      secretName: {{ . }}
  {{- end }}
  rules:
    - host: {{ .host | quote }}
      http:
        paths:
          - path: {{ .path }}
            pathType: Prefix
            backend:
              service:
                name: {{ $name }}
                port: { name: http }
{{- end }}
{{- end }}
{{- end -}}
