{{/*
The names of all properties in a tree of configuration, one per line. All spellings of a name become the same form:
dots, lower case, no dashes. Expects a dict of "tree" and "prefix".
*/}}
{{- define "pushwire.properties" -}}
{{- range $key, $value := .tree }}
{{- $name := printf "%s%s" $.prefix (regexReplaceAll "[-_]" (toString $key) "" | lower) }}
{{- if kindIs "map" $value }}
{{- include "pushwire.properties" (dict "tree" $value "prefix" (printf "%s." $name)) }}
{{- else }}
{{- printf "%s\n" $name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
Refuses properties on which other values of the chart depend, and keys in a place that is not secret. Expects a dict of
"tree", the name of the "value" that has it, and whether it is "secret".
*/}}
{{- define "pushwire.checkConfig" -}}
{{- $instead := dict
      "server.port" "containerPorts.http"
      "management.server.port" "containerPorts.management"
      "pushwire.access.jwt.sslbundle" "access.jwt.authority.existingSecret"
      "pushwire.api.port" "containerPorts.api"
      "pushwire.broker" "broker.type"
      "pushwire.demo.enabled" "demo.enabled"
      "pushwire.drain.window" "drain.window"
      "pushwire.push.enabled" "push.enabled"
      "pushwire.socketio.enabled" "socketio.enabled"
      "pushwire.stream.enabled" "stream.enabled"
      "pushwire.websocket.maxconnections" "maxConnections"
      "spring.data.redis.host" "broker.redis.host"
      "spring.data.redis.port" "broker.redis.port"
      "spring.data.redis.sentinel.master" "broker.redis.sentinel.master"
      "spring.data.redis.sentinel.nodes" "broker.redis.sentinel.nodes"
      "spring.data.redis.cluster.nodes" "broker.redis.cluster.nodes" }}
{{- $secret := dict
      "pushwire.access.jwt.secret" "access.jwt.existingSecret"
      "spring.data.redis.password" "broker.redis.existingSecret"
      "spring.data.redis.sentinel.password" "broker.redis.existingSecret"
      "spring.data.redis.url" "broker.redis.urlKey" }}
{{- range $name := include "pushwire.properties" (dict "tree" .tree "prefix" "") | splitList "\n" }}
{{- if hasKey $instead $name }}
{{- fail (printf "%s sets %s: set %s instead, which more depends on" $.value $name (get $instead $name)) }}
{{- end }}
{{- if and (hasKey $secret $name) (not $.secret) }}
{{- fail (printf "%s sets %s where many may read it: set %s, or put it into secretConfig" $.value $name (get $secret $name)) }}
{{- end }}
{{- if or (hasPrefix "pushwire.publish.keys" $name) (hasPrefix "pushwire.api.keys" $name) }}
{{- fail (printf "%s sets %s: use api.keys instead" $.value $name) }}
{{- end }}
{{- end }}
{{- end }}

{{/* The service's application.yaml: the chart's properties, and then the user's, which take precedence. */}}
{{- define "pushwire.applicationYaml" -}}
{{- include "pushwire.checkConfig" (dict "tree" .Values.config "value" "config" "secret" false) -}}
{{- if gt (include "pushwire.seconds" .Values.drain.window | int) 3600 -}}
{{- fail "drain.window is an hour at most" -}}
{{- end -}}
server:
  port: {{ .Values.containerPorts.http }}
  # Requests come through proxies, whose headers tell the caller's scheme, host and address.
  forward-headers-strategy: framework
management:
  server:
    port: {{ .Values.containerPorts.management }}
pushwire:
  broker: {{ .Values.broker.type }}
  demo:
    enabled: {{ .Values.demo.enabled }}
  push:
    enabled: {{ .Values.push.enabled }}
    max-subscriptions: {{ .Values.push.maxSubscriptions | int }}
    max-patterns: {{ .Values.push.maxPatterns | int }}
    trace-context: {{ .Values.push.traceContext }}
    http:
      enabled: {{ .Values.push.http.enabled }}
      poll-timeout: {{ .Values.push.http.pollTimeout }}
      max-polled: {{ .Values.push.http.maxPolled | int }}
  stream:
    enabled: {{ .Values.stream.enabled }}
  socketio:
    enabled: {{ .Values.socketio.enabled }}
    transports: {{ .Values.socketio.transports | toJson }}
    allow-upgrades: {{ .Values.socketio.allowUpgrades }}
    ping-interval: {{ .Values.socketio.pingInterval }}
    ping-timeout: {{ .Values.socketio.pingTimeout }}
    connect-timeout: {{ .Values.socketio.connectTimeout }}
    ack-timeout: {{ .Values.socketio.ackTimeout }}
    max-namespaces: {{ .Values.socketio.maxNamespaces | int }}
    max-rooms: {{ .Values.socketio.maxRooms | int }}
    recovery:
      max-disconnection: {{ .Values.socketio.recovery.maxDisconnection }}
      history-size: {{ .Values.socketio.recovery.historySize | int }}
      max-sessions: {{ .Values.socketio.recovery.maxSessions | int }}
      max-session-size: {{ .Values.socketio.recovery.maxSessionSize }}
  drain:
    window: {{ .Values.drain.window }}
  websocket:
    max-connections: {{ .Values.maxConnections | int }}
  api:
    port: {{ .Values.containerPorts.api }}
{{- with .Values.api.keys }}
    keys:
      {{- range $name, $key := . }}
      {{ $name }}:
        secret-file: /etc/pushwire/api-keys/{{ $name }}
        scopes: {{ default (list "publish") $key.scopes | toJson }}
      {{- end }}
{{- end }}
  access:
    {{- include "pushwire.accessProperties" . | nindent 4 }}
  limits:
    connections-per-address: {{ .Values.limits.connectionsPerAddress | int }}
    connections-per-principal: {{ .Values.limits.connectionsPerPrincipal | int }}
    messages-per-second: {{ .Values.limits.messagesPerSecond | int }}
    patterns: {{ .Values.limits.patterns | int }}
    new-topics-per-minute: {{ .Values.limits.newTopicsPerMinute | int }}
    new-topics-per-minute-and-address: {{ .Values.limits.newTopicsPerMinuteAndAddress | int }}
    topics: {{ .Values.limits.topics | int }}
{{- with .Values.topics }}
  topics:
    {{- toYaml . | nindent 4 }}
{{- end }}
{{- if include "pushwire.springProperties" . | fromYaml }}
spring:
  {{- include "pushwire.springProperties" . | nindent 2 }}
{{- end }}
{{- with .Values.config }}
---
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* spring as YAML, without secrets. */}}
{{- define "pushwire.springProperties" -}}
{{- $properties := dict }}
{{- if include "pushwire.redisKind" . }}
{{- $_ := set $properties "data" (dict "redis" (include "pushwire.redisProperties" . | fromYaml)) }}
{{- end }}
{{- $bundles := dict }}
{{- range $name, $authority := dict "redis" (include "pushwire.redisAuthority" .) "issuer" (include "pushwire.issuerAuthority" .) }}
{{- if $authority }}
{{- $certificate := printf "file:/etc/pushwire/%s/ca.crt" $name }}
{{- $_ := set $bundles $name (dict "truststore" (dict "certificate" $certificate)) }}
{{- end }}
{{- end }}
{{- if $bundles }}
{{- $_ := set $properties "ssl" (dict "bundle" (dict "pem" $bundles)) }}
{{- end }}
{{- toYaml $properties }}
{{- end }}

{{/* The Secret with the authority of the token issuer's certificate; empty for an authority that Java knows. */}}
{{- define "pushwire.issuerAuthority" -}}
{{- with .Values.access.jwt.authority.existingSecret }}
{{- if not $.Values.access.jwt.jwkSetUri }}
{{- fail "access.jwt.authority is set, but not access.jwt.jwkSetUri, which it is for" }}
{{- end }}
{{- . }}
{{- end }}
{{- end }}

{{/* pushwire.access as YAML, without secrets. */}}
{{- define "pushwire.accessProperties" -}}
{{- $access := .Values.access }}
{{- $jwt := dict }}
{{- if and $access.jwt.existingSecret $access.jwt.jwkSetUri }}
{{- fail "access.jwt.existingSecret and access.jwt.jwkSetUri are both set: tokens are signed with one kind of key" }}
{{- end }}
{{- range $value, $property := dict "jwkSetUri" "jwk-set-uri" "issuer" "issuer" "audience" "audience" }}
{{- with get $access.jwt $value }}
{{- $_ := set $jwt $property . }}
{{- end }}
{{- end }}
{{- if include "pushwire.issuerAuthority" . }}
{{- $_ := set $jwt "ssl-bundle" "issuer" }}
{{- end }}
{{- $own := include "pushwire.properties" (dict "tree" .Values.config "prefix" "") }}
{{- $keys := list $access.jwt.existingSecret $access.jwt.jwkSetUri (include "pushwire.secretConfigName" .) }}
{{- if not (or $access.anonymous (join "" $keys) (contains "pushwire.access.jwt." $own)) }}
{{- fail "access.anonymous is false, but no token is accepted: set access.jwt.existingSecret or access.jwt.jwkSetUri" }}
{{- end }}
{{- if and (or $access.jwt.issuer $access.jwt.audience) (not (or (join "" $keys) (contains "pushwire.access.jwt." $own))) }}
{{- fail "access.jwt.issuer and access.jwt.audience are rules for tokens, but no token is accepted: set access.jwt.existingSecret or access.jwt.jwkSetUri" }}
{{- end }}
{{- if $access.jwt.existingSecret }}
{{- $_ := set $jwt "secret-file" "/etc/pushwire/jwt/secrets" }}
{{- end }}
{{- $properties := dict "anonymous" $access.anonymous }}
{{- with $access.cookie }}
{{- $_ := set $properties "cookie" . }}
{{- end }}
{{- with $jwt }}
{{- $_ := set $properties "jwt" . }}
{{- end }}
{{- toYaml $properties }}
{{- end }}

{{/* Where Spring Boot looks in addition; later places take precedence. A missing directory would fail the start. */}}
{{- define "pushwire.configLocations" -}}
{{- $locations := list "file:/etc/pushwire/config/" }}
{{- if include "pushwire.secretConfigName" . }}
{{- $locations = append $locations "file:/etc/pushwire/secret/" }}
{{- end }}
{{- if include "pushwire.secretProperties" . | fromJsonArray }}
{{- $locations = append $locations "configtree:/etc/pushwire/keys/" }}
{{- end }}
{{- join "," $locations }}
{{- end }}
