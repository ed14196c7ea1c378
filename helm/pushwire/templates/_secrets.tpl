{{/* What is secret, and how it comes into the pods. */}}

{{/* What the chart's own Secret holds; nothing where there is none. */}}
{{- define "pushwire.secretData" -}}
{{- $data := dict }}
{{- if .Values.publish.keys }}
{{- if .Values.publish.existingSecret }}
{{- fail "publish.keys and publish.existingSecret are both set: which are the keys?" }}
{{- end }}
{{- $_ := set $data .Values.publish.secretKey (join "," .Values.publish.keys) }}
{{- end }}
{{- with .Values.secretConfig.values }}
{{- if $.Values.secretConfig.existingSecret }}
{{- fail "secretConfig.values and secretConfig.existingSecret are both set: which is the configuration?" }}
{{- end }}
{{- include "pushwire.checkConfig" (dict "tree" . "value" "secretConfig.values" "secret" true) }}
{{- $_ := set $data "application.yaml" (toYaml .) }}
{{- end }}
{{- if $data }}{{ toYaml $data }}{{ end }}
{{- end }}

{{- define "pushwire.ownsSecret" -}}
{{- if include "pushwire.secretData" . }}true{{ end }}
{{- end }}

{{/* Which Secret the pod reads the keys from; nothing for none. */}}
{{- define "pushwire.keysSecretName" -}}
{{- $own := ternary (include "pushwire.fullname" .) "" (not (empty .Values.publish.keys)) }}
{{- default $own .Values.publish.existingSecret }}
{{- end }}

{{/*
The properties that the pod reads from entries of Secrets, as a JSON list. Files, and not variables: those are
inherited by every process, and shown by many tools.
*/}}
{{- define "pushwire.secretProperties" -}}
{{- $redis := .Values.broker.redis }}
{{- $found := list }}
{{- with include "pushwire.keysSecretName" . }}
{{- $found = append $found (dict "secret" . "key" $.Values.publish.secretKey "property" "pushwire.publish.keys") }}
{{- end }}
{{- with .Values.access.jwt.existingSecret }}
{{- $found = append $found (dict "secret" . "key" $.Values.access.jwt.secretKey "property" "pushwire.access.jwt.secret") }}
{{- end }}
{{- if and $redis.existingSecret (eq .Values.broker.type "redis") }}
{{- if $redis.urlKey }}
{{- $found = append $found (dict "secret" $redis.existingSecret "key" $redis.urlKey "property" "spring.data.redis.url") }}
{{- else if $redis.passwordKey }}
{{- $found = append $found (dict "secret" $redis.existingSecret "key" $redis.passwordKey "property" "spring.data.redis.password") }}
{{- end }}
{{- with $redis.sentinel.passwordKey }}
{{- $found = append $found (dict "secret" $redis.existingSecret "key" . "property" "spring.data.redis.sentinel.password") }}
{{- end }}
{{- end }}
{{- $found | toJson }}
{{- end }}

{{/* Which Secret the pod reads an application.yaml from; nothing for none. */}}
{{- define "pushwire.secretConfigName" -}}
{{- $own := ternary (include "pushwire.fullname" .) "" (not (empty .Values.secretConfig.values)) }}
{{- default $own .Values.secretConfig.existingSecret }}
{{- end }}
