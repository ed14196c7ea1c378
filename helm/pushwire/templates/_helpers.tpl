{{/* Names and labels */}}

{{- define "pushwire.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* A Service's name has at most 63 characters, and "-management" must fit after this one. */}}
{{- define "pushwire.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" }}
{{- else if contains (include "pushwire.name" .) .Release.Name }}
{{- .Release.Name | trunc 52 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "pushwire.name" .) | trunc 52 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{/* A Deployment's selector can never change, so no upgrade and no value may change these labels. */}}
{{- define "pushwire.selectorLabels" -}}
app.kubernetes.io/name: {{ include "pushwire.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/component: server
{{- end }}

{{- define "pushwire.labels" -}}
{{- $own := dict
      "helm.sh/chart" (printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-")
      "app.kubernetes.io/version" (.Chart.AppVersion | replace "+" "_" | trunc 63 | trimSuffix "-")
      "app.kubernetes.io/managed-by" .Release.Service }}
{{- $selector := include "pushwire.selectorLabels" . | fromYaml }}
{{- toYaml (mergeOverwrite (dict) .Values.commonLabels $own $selector) }}
{{- end }}

{{/* No versions here, so that an upgrade does not replace pods that would run the same. */}}
{{- define "pushwire.podLabels" -}}
{{- $selector := include "pushwire.selectorLabels" . | fromYaml }}
{{- toYaml (mergeOverwrite (dict) .Values.commonLabels .Values.podLabels $selector) }}
{{- end }}

{{/* The labels of the pod of helm test. The server's labels would make the Service send clients to it. */}}
{{- define "pushwire.testLabels" -}}
app.kubernetes.io/name: {{ include "pushwire.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/component: test
{{- end }}

{{- define "pushwire.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "pushwire.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "pushwire.image" -}}
{{- if .digest }}
{{- printf "%s@%s" .repository .digest }}
{{- else }}
{{- printf "%s:%s" .repository .tag }}
{{- end }}
{{- end }}

{{/* Time */}}

{{/* The seconds in "20s", "2m" or "1h"; values.schema.json allows no other form. */}}
{{- define "pushwire.seconds" -}}
{{- $number := regexFind "^[0-9]+" . | atoi }}
{{- $unit := regexFind "[smh]$" . }}
{{- mul $number (get (dict "s" 1 "m" 60 "h" 3600) $unit) }}
{{- end }}

{{/* How long the kubelet waits after it asks the pod to stop, before it kills it. */}}
{{- define "pushwire.gracePeriod" -}}
{{- add (include "pushwire.seconds" .Values.drain.preStop)
        (include "pushwire.seconds" .Values.drain.window)
        (include "pushwire.seconds" .Values.drain.margin) }}
{{- end }}

{{/* Scaling */}}

{{- define "pushwire.connectionsPerPod" -}}
{{- default (div (mul (.Values.maxConnections | int) 7) 10) .Values.autoscaling.connections.target | int }}
{{- end }}

{{/* Monitoring */}}

{{/* The selector of this release's series in a query. */}}
{{- define "pushwire.seriesSelector" -}}
{{- if .Values.monitoring.alerts.seriesSelector }}
{{- .Values.monitoring.alerts.seriesSelector }}
{{- else }}
{{- printf `namespace="%s",job="%s"` .Release.Namespace (include "pushwire.fullname" .) }}
{{- end }}
{{- end }}
