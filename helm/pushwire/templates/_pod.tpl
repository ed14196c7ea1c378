{{- define "pushwire.podAnnotations" -}}
# Whose log kubectl shows where there are more.
kubectl.kubernetes.io/default-container: pushwire
# The service reads its configuration once, at its start: another configuration needs other pods. Keys it reads again.
checksum/config: {{ include "pushwire.applicationYaml" . | sha256sum | quote }}
{{- with .Values.secretConfig.values }}
checksum/secret: {{ toYaml . | sha256sum | quote }}
{{- end }}
{{- if and .Values.monitoring.scrapeAnnotations (not .Values.monitoring.monitor.enabled) }}
prometheus.io/scrape: "true"
prometheus.io/port: {{ .Values.containerPorts.management | quote }}
prometheus.io/path: /actuator/prometheus
{{- end }}
{{- end }}

{{- define "pushwire.podSpec" -}}
serviceAccountName: {{ include "pushwire.serviceAccountName" . }}
automountServiceAccountToken: false
# Otherwise each Service of the namespace puts variables into the environment. Those of a Service named "pushwire" begin
# with PUSHWIRE_, as the service's own properties do.
enableServiceLinks: false
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . | quote }}
{{- end }}
{{- with .Values.runtimeClassName }}
runtimeClassName: {{ . | quote }}
{{- end }}
{{- with .Values.hostAliases }}
hostAliases:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.dnsPolicy }}
dnsPolicy: {{ . }}
{{- end }}
{{- with .Values.dnsConfig }}
dnsConfig:
  {{- toYaml . | nindent 2 }}
{{- end }}
# preStop {{ .Values.drain.preStop }} + window {{ .Values.drain.window }} + margin {{ .Values.drain.margin }}
terminationGracePeriodSeconds: {{ include "pushwire.gracePeriod" . }}
securityContext:
  {{- toYaml .Values.podSecurityContext | nindent 2 }}
{{- with .Values.initContainers }}
initContainers:
  {{- toYaml . | nindent 2 }}
{{- end }}
containers:
  - name: pushwire
    {{- include "pushwire.container" . | nindent 4 }}
  {{- with .Values.sidecars }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
volumes:
  - name: config
    projected:
      sources:
        - configMap:
            name: {{ include "pushwire.fullname" . }}
            items:
              - key: application.yaml
                path: config/application.yaml
        {{- with include "pushwire.secretConfigName" . }}
        - secret:
            name: {{ . | quote }}
            items:
              - key: application.yaml
                path: secret/application.yaml
        {{- end }}
        {{- range include "pushwire.secretProperties" . | fromJsonArray }}
        - secret:
            name: {{ .secret | quote }}
            items:
              # The name of the file is the name of the property.
              - key: {{ .key | quote }}
                path: {{ printf "keys/%s" .property }}
        {{- end }}
        {{- range include "pushwire.secretFiles" . | fromJsonArray }}
        - secret:
            name: {{ .secret | quote }}
            items:
              - key: {{ .key | quote }}
                path: {{ .path | quote }}
        {{- end }}
        {{- with include "pushwire.redisAuthority" . }}
        - secret:
            name: {{ . | quote }}
            items:
              - key: {{ $.Values.broker.redis.tls.caKey | quote }}
                path: redis/ca.crt
        {{- end }}
        {{- with include "pushwire.issuerAuthority" . }}
        - secret:
            name: {{ . | quote }}
            items:
              - key: {{ $.Values.access.jwt.authority.caKey | quote }}
                path: issuer/ca.crt
        {{- end }}
  # The only writable directory. Tomcat and the JVM keep small files there.
  - name: tmp
    emptyDir:
      sizeLimit: {{ .Values.tmpSizeLimit }}
  {{- with .Values.extraVolumes }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.topologySpreadConstraints }}
topologySpreadConstraints:
  {{- $selector := dict "matchLabels" (include "pushwire.selectorLabels" $ | fromYaml) }}
  {{- range . }}
  {{- $added := dict }}
  {{- if not .labelSelector }}
  {{- $added = dict "labelSelector" $selector "matchLabelKeys" (list "pod-template-hash") }}
  {{- end }}
  - {{ toYaml (merge (dict) . $added) | indent 4 | trim }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "pushwire.container" -}}
{{- $tag := default .Chart.AppVersion .Values.image.tag }}
image: {{ include "pushwire.image" (mergeOverwrite (dict) .Values.image (dict "tag" $tag)) }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  {{- toYaml .Values.securityContext | nindent 2 }}
env:
  - name: JAVA_TOOL_OPTIONS
    value: {{ include "pushwire.javaOptions" . | quote }}
  - name: SPRING_CONFIG_ADDITIONAL_LOCATION
    value: {{ include "pushwire.configLocations" . | quote }}
  {{- with .Values.extraEnv }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with .Values.extraEnvFrom }}
envFrom:
  {{- toYaml . | nindent 2 }}
{{- end }}
ports:
  - name: http
    containerPort: {{ .Values.containerPorts.http }}
    protocol: TCP
  - name: management
    containerPort: {{ .Values.containerPorts.management }}
    protocol: TCP
  - name: api
    containerPort: {{ .Values.containerPorts.api }}
    protocol: TCP
startupProbe:
  {{- include "pushwire.probe" (dict "path" "/actuator/health/liveness" "timing" .Values.probes.startup) | nindent 2 }}
livenessProbe:
  {{- include "pushwire.probe" (dict "path" "/actuator/health/liveness" "timing" .Values.probes.liveness) | nindent 2 }}
readinessProbe:
  {{- include "pushwire.probe" (dict "path" "/actuator/health/readiness" "timing" .Values.probes.readiness) | nindent 2 }}
{{- $preStop := include "pushwire.seconds" .Values.drain.preStop | int }}
{{- if $preStop }}
lifecycle:
  preStop:
    sleep:
      seconds: {{ $preStop }}
{{- end }}
resources:
  {{- toYaml .Values.resources | nindent 2 }}
volumeMounts:
  - name: config
    mountPath: /etc/pushwire
    readOnly: true
  - name: tmp
    mountPath: /tmp
  {{- with .Values.extraVolumeMounts }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}

{{- define "pushwire.javaOptions" -}}
{{- $options := list
      (printf "-XX:MaxRAMPercentage=%v" .Values.jvm.maxRamPercentage)
      (printf "-XX:ActiveProcessorCount=%v" .Values.jvm.processors) }}
{{- with .Values.proxy.address }}
{{- $host := regexReplaceAll ":[0-9]+$" . "" }}
{{- $port := regexFind "[0-9]+$" . }}
{{- range list "http" "https" }}
{{- $options = concat $options (list (printf "-D%s.proxyHost=%s" . $host) (printf "-D%s.proxyPort=%s" . $port)) }}
{{- end }}
{{- /* JAVA_TOOL_OPTIONS reads quotes as a shell does. Nothing here needs quotes. */}}
{{- $exceptions := concat (list "localhost" "127.*" "[::1]") $.Values.proxy.exceptions }}
{{- $options = append $options (printf "-Dhttp.nonProxyHosts=%s" (join "|" $exceptions)) }}
{{- end }}
{{- join " " (concat $options .Values.jvm.options) }}
{{- end }}

{{- define "pushwire.probe" -}}
httpGet:
  path: {{ .path }}
  port: management
{{ toYaml .timing }}
{{- end }}
