package dev.pushwire.helm;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.kubernetes.client.openapi.JSON;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * Checks a manifest as an API server would, without one. Two models check it: that of the official client knows all
 * fields and the required ones; that of fabric8 refuses wrong types, and knows the kinds of some operators, too. {@link
 * CustomKinds} checks the others.
 */
final class KubernetesApi {
    private static final ObjectMapper FABRIC8 = strict();

    static {
        new JSON(); // its constructor sets up what the models need
    }

    private KubernetesApi() {}

    /** @throws IllegalArgumentException that says what is wrong */
    static void check(JsonNode manifest) {
        if (CustomKinds.has(Manifests.kind(manifest))) {
            CustomKinds.check(manifest);
            return;
        }
        String group = manifest.get("apiVersion").stringValue();
        if (!group.startsWith("monitoring.coreos.com/") && !group.startsWith("gateway.networking.k8s.io/")) {
            checkFields(manifest);
        }
        checkTypes(manifest);
    }

    private static void checkFields(JsonNode manifest) {
        String group = manifest.get("apiVersion").stringValue();
        String version = group.substring(group.indexOf('/') + 1).toUpperCase(Locale.ROOT);
        try {
            Class<?> model = Class.forName("io.kubernetes.client.openapi.models." + version + Manifests.kind(manifest));
            JsonElement json = JsonParser.parseString(manifest.toString());
            model.getMethod("validateJsonElement", JsonElement.class).invoke(null, json);
            Objects.requireNonNull(JSON.getGson().fromJson(json, model));
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(e.getCause().getMessage(), e);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("The client has no model of " + group + " " + Manifests.kind(manifest), e);
        }
    }

    private static void checkTypes(JsonNode manifest) {
        KubernetesResource resource;
        try {
            resource = FABRIC8.readValue(manifest.toString(), KubernetesResource.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        if (resource instanceof GenericKubernetesResource) {
            throw new AssertionError("fabric8 has no model of " + Manifests.kind(manifest));
        }
        refuseUnknown(resource, Manifests.kind(manifest));
    }

    /** fabric8 keeps what it does not know, level by level. */
    private static void refuseUnknown(Object value, String path) {
        switch (value) {
            case Collection<?> items -> items.forEach(item -> refuseUnknown(item, path + "[]"));
            case Map<?, ?> map -> map.forEach((key, item) -> refuseUnknown(item, path + "." + key));
            case KubernetesResource resource -> {
                for (Method getter : resource.getClass().getMethods()) {
                    if (getter.isAnnotationPresent(JsonAnyGetter.class)) {
                        Map<?, ?> unknown = (Map<?, ?>) call(getter, resource);
                        if (!unknown.isEmpty()) {
                            throw new IllegalArgumentException(path + " has no " + unknown.keySet());
                        }
                    } else if (getter.getName().startsWith("get") && getter.getParameterCount() == 0) {
                        Object child = call(getter, resource);
                        if (child != null && child != resource) {
                            refuseUnknown(child, path + "." + getter.getName().substring(3));
                        }
                    }
                }
            }
            default -> {}
        }
    }

    private static Object call(Method getter, Object resource) {
        try {
            return getter.invoke(resource);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Kubernetes takes no number for a text and no text for a number, so neither may Jackson. */
    private static ObjectMapper strict() {
        return JsonMapper.builder()
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .build();
    }
}
