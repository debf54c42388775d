{{- /*
One app: {root, component, app (its values), secretEnv, optionalSecretEnv, env, preStopDelaySeconds}.
*/ -}}
{{- define "inventory-events.app" -}}
{{- $name := printf "%s-%s" (include "inventory-events.fullname" .root) .component -}}
{{- $values := .root.Values -}}
{{- $delay := .preStopDelaySeconds | default 0 | int -}}
{{- $selector := dict "root" .root "component" .component -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $name }}
  labels:
    {{- include "inventory-events.labels" $selector | nindent 4 }}
spec:
  {{- if not .app.autoscaling.enabled }}
  replicas: {{ .app.replicas }}
  {{- end }}
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxSurge: 1
      maxUnavailable: 0
  selector:
    matchLabels:
      {{- include "inventory-events.selector" $selector | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "inventory-events.labels" $selector | nindent 8 }}
        {{- with .app.podLabels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      annotations:
        # A change of the secret restarts the app.
        checksum/secret: {{ toJson $values.secrets | sha256sum }}
        {{- with .app.podAnnotations }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    spec:
      {{- if $values.serviceAccount.create }}
      serviceAccountName: {{ $name }}
      {{- end }}
      automountServiceAccountToken: false
      enableServiceLinks: false
      # Longer than the app takes at most, so that it always ends by itself.
      terminationGracePeriodSeconds: {{ add (ceil (divf $values.shutdown.timeoutMs 1000)) $delay 10 }}
      securityContext:
        {{- include "inventory-events.podSecurity" .root | nindent 8 }}
      {{- with $values.image.pullSecrets }}
      imagePullSecrets:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      containers:
        - name: {{ .component }}
          image: {{ include "inventory-events.image" (dict "root" .root "app" .app) }}
          imagePullPolicy: {{ $values.image.pullPolicy }}
          securityContext:
            {{- include "inventory-events.containerSecurity" .root | nindent 12 }}
          ports:
            - name: http
              containerPort: {{ .app.port }}
            {{- with .app.grpcPort }}
            - name: grpc
              containerPort: {{ . }}
            {{- end }}
          env:
            - name: PORT
              value: {{ .app.port | quote }}
            - name: LOG_LEVEL
              value: {{ $values.logLevel | quote }}
            - name: SHUTDOWN_TIMEOUT_MS
              value: {{ $values.shutdown.timeoutMs | int | quote }}
            {{- range $key, $value := .env }}
            - name: {{ $key }}
              value: {{ include "inventory-events.envValue" $value }}
            {{- end }}
            {{- include "inventory-events.secretEnv" . | trim | nindent 12 }}
            {{- range $key, $value := .app.env }}
            - name: {{ $key }}
              value: {{ include "inventory-events.envValue" $value }}
            {{- end }}
          {{- if $delay }}
          lifecycle:
            preStop:
              exec:
                command: [sleep, {{ $delay | quote }}]
          {{- end }}
          startupProbe:
            httpGet: { path: /health/live, port: http }
            periodSeconds: 1
            failureThreshold: 60
          livenessProbe:
            httpGet: { path: /health/live, port: http }
            periodSeconds: 10
            timeoutSeconds: 3
            failureThreshold: 6
          readinessProbe:
            httpGet: { path: /health/ready, port: http }
            periodSeconds: 5
            timeoutSeconds: 3
            failureThreshold: 2
          resources:
            {{- toYaml .app.resources | nindent 12 }}
      {{- with .app.nodeSelector }}
      nodeSelector:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .app.tolerations }}
      tolerations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .app.affinity }}
      affinity:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      topologySpreadConstraints:
        {{- if .app.topologySpreadConstraints }}
        {{- toYaml .app.topologySpreadConstraints | nindent 8 }}
        {{- else }}
        {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
        - maxSkew: 1
          topologyKey: {{ . }}
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              {{- include "inventory-events.selector" $selector | nindent 14 }}
        {{- end }}
        {{- end }}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ $name }}
  labels:
    {{- include "inventory-events.labels" $selector | nindent 4 }}
  {{- with (.app.service | default dict).annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  type: {{ (.app.service | default dict).type | default "ClusterIP" }}
  selector:
    {{- include "inventory-events.selector" $selector | nindent 4 }}
  ports:
    - name: http
      port: {{ (.app.service | default dict).port | default .app.port }}
      targetPort: http
    {{- if .app.grpcPort }}
    - name: grpc
      port: {{ (.app.service | default dict).grpcPort | default .app.grpcPort }}
      targetPort: grpc
      appProtocol: grpc
    {{- end }}
{{- if $values.serviceAccount.create }}
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ $name }}
  labels:
    {{- include "inventory-events.labels" $selector | nindent 4 }}
  {{- with $values.serviceAccount.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
automountServiceAccountToken: false
{{- end }}
{{- if .app.podDisruptionBudget.enabled }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ $name }}
  labels:
    {{- include "inventory-events.labels" $selector | nindent 4 }}
spec:
  maxUnavailable: {{ .app.podDisruptionBudget.maxUnavailable }}
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "inventory-events.selector" $selector | nindent 6 }}
{{- end }}
{{- if .app.autoscaling.enabled }}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ $name }}
  labels:
    {{- include "inventory-events.labels" $selector | nindent 4 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ $name }}
  minReplicas: {{ .app.autoscaling.minReplicas }}
  maxReplicas: {{ .app.autoscaling.maxReplicas }}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: {{ .app.autoscaling.targetCPUUtilizationPercentage }}
{{- end }}
{{- if $values.metrics.serviceMonitor.enabled }}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: {{ $name }}
  labels:
    {{- include "inventory-events.labels" $selector | nindent 4 }}
    {{- with $values.metrics.serviceMonitor.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  selector:
    matchLabels:
      {{- include "inventory-events.selector" $selector | nindent 6 }}
  endpoints:
    - port: http
      path: /metrics
      interval: {{ $values.metrics.serviceMonitor.interval }}
{{- end }}
{{- end -}}

{{- /* Values are floating point numbers to Helm, which would write a million as 1e+06. */ -}}
{{- define "inventory-events.envValue" -}}
{{- if and (kindIs "float64" .) (eq . (floor .)) -}}
{{ int64 . | toString | quote }}
{{- else -}}
{{ toString . | quote }}
{{- end -}}
{{- end -}}

{{- define "inventory-events.secretEnv" -}}
{{- $secret := include "inventory-events.secretName" .root -}}
{{- range .secretEnv }}
- name: {{ . }}
  valueFrom:
    secretKeyRef: { name: {{ $secret }}, key: {{ . }} }
{{- end }}
{{- range .optionalSecretEnv }}
- name: {{ . }}
  valueFrom:
    secretKeyRef: { name: {{ $secret }}, key: {{ . }}, optional: true }
{{- end }}
{{- end -}}
