{{/* How the pods share topics. */}}

{{/*
The kind of address under broker.redis. Fails if the values are incomplete. "elsewhere" stands for a place that the
chart cannot read: a Secret with an application.yaml.
*/}}
{{- define "pushwire.redisKind" -}}
{{- $redis := .Values.broker.redis }}
{{- $kinds := dict "host" $redis.host "urlKey" $redis.urlKey "sentinel" $redis.sentinel.nodes "cluster" $redis.cluster.nodes }}
{{- $set := list }}
{{- range $kind, $value := $kinds }}
{{- if $value }}
{{- $set = append $set $kind }}
{{- end }}
{{- end }}
{{- if gt (len $set) 1 }}
{{- fail (printf "broker.redis has %s: only one of them can say where Redis is" (join " and " $set)) }}
{{- end }}
{{- if and $set (ne .Values.broker.type "redis") }}
{{- fail (printf "broker.redis.%s is set, but broker.type is %s: set broker.type to redis" (first $set) .Values.broker.type) }}
{{- end }}
{{- if and (or $redis.urlKey $redis.sentinel.passwordKey) (not $redis.existingSecret) }}
{{- fail "broker.redis.urlKey and broker.redis.sentinel.passwordKey are entries of a Secret: set broker.redis.existingSecret" }}
{{- end }}
{{- if and $redis.sentinel.nodes (not $redis.sentinel.master) }}
{{- fail "broker.redis.sentinel.nodes is set, but not broker.redis.sentinel.master, what Sentinel calls the master" }}
{{- end }}
{{- if $set }}
{{- first $set }}
{{- else if eq .Values.broker.type "redis" }}
{{- if not (include "pushwire.secretConfigName" .) }}
{{- fail "broker.type is redis, but nothing says where Redis is: set broker.redis.host, urlKey, sentinel or cluster" }}
{{- end }}
{{- "elsewhere" }}
{{- end }}
{{- end }}

{{/* spring.data.redis as YAML, without secrets. */}}
{{- define "pushwire.redisProperties" -}}
{{- $redis := .Values.broker.redis }}
{{- $kind := include "pushwire.redisKind" . }}
{{- $properties := dict }}
{{- if eq $kind "host" }}
{{- $_ := set $properties "host" $redis.host }}
{{- $_ := set $properties "port" ($redis.port | int) }}
{{- else if eq $kind "sentinel" }}
{{- $_ := set $properties "sentinel" (dict "master" $redis.sentinel.master "nodes" $redis.sentinel.nodes) }}
{{- else if eq $kind "cluster" }}
{{- $_ := set $properties "cluster" (dict "nodes" $redis.cluster.nodes) }}
{{- end }}
{{- with $redis.username }}
{{- $_ := set $properties "username" . }}
{{- end }}
{{- if $redis.tls.enabled }}
{{- $_ := set $properties "ssl" (dict "enabled" true) }}
{{- if include "pushwire.redisAuthority" . }}
{{- $_ := set $properties.ssl "bundle" "redis" }}
{{- end }}
{{- end }}
{{- toYaml $properties }}
{{- end }}

{{/* The Secret with the authority of Redis' certificate; empty for an authority that Java knows. */}}
{{- define "pushwire.redisAuthority" -}}
{{- if eq .Values.broker.type "redis" }}{{ .Values.broker.redis.tls.existingSecret }}{{ end }}
{{- end }}

{{/* The ports of Redis that a NetworkPolicy must allow, as a JSON list. */}}
{{- define "pushwire.redisPorts" -}}
{{- $redis := .Values.broker.redis }}
{{- $ports := list }}
{{- range concat $redis.sentinel.nodes $redis.cluster.nodes }}
{{- $ports = append $ports (regexFind "[0-9]+$" . | atoi) }}
{{- end }}
{{- if not $redis.cluster.nodes }}
{{- $ports = append $ports ($redis.port | int) }}
{{- end }}
{{- $ports | uniq | toJson }}
{{- end }}
