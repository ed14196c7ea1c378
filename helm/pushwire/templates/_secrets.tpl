{{/* What is secret, and how it comes into the pods. */}}

{{/* What the chart's own Secret holds; nothing where there is none. */}}
{{- define "pushwire.secretData" -}}
{{- $data := dict }}
{{- range $name, $key := .Values.api.keys }}
{{- if and $key.secret $key.existingSecret }}
{{- fail (printf "api.keys.%s.secret and api.keys.%s.existingSecret are both set: which is the key?" $name $name) }}
{{- end }}
{{- if not (or $key.secret $key.existingSecret) }}
{{- fail (printf "api.keys.%s has no key: set api.keys.%s.existingSecret, or api.keys.%s.secret" $name $name $name) }}
{{- end }}
{{- if $key.secret }}
{{- $_ := set $data (printf "api-key-%s" $name) $key.secret }}
{{- end }}
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

{{/*
The files with secrets that the service looks at again and again, as a JSON list: entries of Secrets, and where they lie under
/etc/pushwire. The kubelet exchanges them in pods that run.
*/}}
{{- define "pushwire.secretFiles" -}}
{{- $found := list }}
{{- range $name, $key := .Values.api.keys }}
{{- $secret := default (include "pushwire.fullname" $) $key.existingSecret }}
{{- $entry := ternary (default "key" $key.secretKey) (printf "api-key-%s" $name) (not (empty $key.existingSecret)) }}
{{- $found = append $found (dict "secret" $secret "key" $entry "path" (printf "api-keys/%s" $name)) }}
{{- end }}
{{- with .Values.access.jwt.existingSecret }}
{{- $found = append $found (dict "secret" . "key" $.Values.access.jwt.secretKey "path" "jwt/secrets") }}
{{- end }}
{{- $found | toJson }}
{{- end }}

{{/* The name of a key that may publish, for who tries it out; nothing for none. */}}
{{- define "pushwire.publisher" -}}
{{- range $name, $key := .Values.api.keys }}
{{- if has "publish" (default (list "publish") $key.scopes) }}
{{- printf "%s\n" $name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The properties that the pod reads from entries of Secrets, as a JSON list. Files, and not variables: those are
inherited by every process, and shown by many tools.
*/}}
{{- define "pushwire.secretProperties" -}}
{{- $redis := .Values.broker.redis }}
{{- $found := list }}
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
