{{/*
The names of all properties in a tree of configuration, one a line, in the one form that all spellings share: dots,
small letters, no dashes. Expects a dict of "tree" and "prefix".
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
Refuses properties that the chart derives other things from, and keys where everybody could read them. Expects a dict of
"tree", the name of the "value" it is, and whether it is "secret".
*/}}
{{- define "pushwire.checkConfig" -}}
{{- $instead := dict
      "server.port" "containerPorts.http"
      "management.server.port" "containerPorts.management"
      "pushwire.drain.window" "drain.window"
      "pushwire.websocket.maxconnections" "maxConnections" }}
{{- $keys := "publish.keys or publish.existingSecret" }}
{{- range $name := include "pushwire.properties" (dict "tree" .tree "prefix" "") | splitList "\n" }}
{{- if hasKey $instead $name }}
{{- fail (printf "%s sets %s: set %s instead, which more depends on" $.value $name (get $instead $name)) }}
{{- end }}
{{- if hasPrefix "pushwire.publish.keys" $name }}
{{- fail (printf "%s sets %s: use %s instead" $.value $name $keys) }}
{{- end }}
{{- end }}
{{- end }}

{{/* The service's application.yaml: first what the chart decides, then what the user says, which wins. */}}
{{- define "pushwire.applicationYaml" -}}
{{- include "pushwire.checkConfig" (dict "tree" .Values.config "value" "config") -}}
{{- if gt (include "pushwire.seconds" .Values.drain.window | int) 3600 -}}
{{- fail "drain.window is an hour at most" -}}
{{- end -}}
server:
  port: {{ .Values.containerPorts.http }}
  # Requests come through proxies: the caller's scheme, host and address are in their headers.
  forward-headers-strategy: framework
management:
  server:
    port: {{ .Values.containerPorts.management }}
pushwire:
  drain:
    window: {{ .Values.drain.window }}
  websocket:
    max-connections: {{ .Values.maxConnections | int }}
{{- with .Values.config }}
---
{{ toYaml . }}
{{- end }}
{{- end }}

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
{{- include "pushwire.checkConfig" (dict "tree" . "value" "secretConfig.values") }}
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

{{/* Which Secret the pod reads an application.yaml from; nothing for none. */}}
{{- define "pushwire.secretConfigName" -}}
{{- $own := ternary (include "pushwire.fullname" .) "" (not (empty .Values.secretConfig.values)) }}
{{- default $own .Values.secretConfig.existingSecret }}
{{- end }}

{{/* Where Spring Boot looks besides its usual places; the later wins. A missing directory would fail the start-up. */}}
{{- define "pushwire.configLocations" -}}
{{- $locations := list "file:/etc/pushwire/config/" }}
{{- if include "pushwire.secretConfigName" . }}
{{- $locations = append $locations "file:/etc/pushwire/secret/" }}
{{- end }}
{{- if include "pushwire.keysSecretName" . }}
{{- $locations = append $locations "configtree:/etc/pushwire/keys/" }}
{{- end }}
{{- join "," $locations }}
{{- end }}
