{{/* The secrets, and how they come into the pods. */}}

{{/* The content of the chart's own Secret; empty if there is none. */}}
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
The files with secrets that the service reads again every few seconds, as a JSON list: the entries of Secrets, with
their paths under /etc/pushwire. The kubelet updates them in running pods.
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

{{/* The names of the keys that may publish, one per line; NOTES.txt shows the first. */}}
{{- define "pushwire.publisher" -}}
{{- range $name, $key := .Values.api.keys }}
{{- if has "publish" (default (list "publish") $key.scopes) }}
{{- printf "%s\n" $name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The properties that the pod reads from entries of Secrets, as a JSON list. They are files and not environment variables,
since every process inherits variables, and many tools show them.
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

{{/* The Secret from which the pod reads an application.yaml; empty if there is none. */}}
{{- define "pushwire.secretConfigName" -}}
{{- $own := ternary (include "pushwire.fullname" .) "" (not (empty .Values.secretConfig.values)) }}
{{- default $own .Values.secretConfig.existingSecret }}
{{- end }}
