package dev.pushwire.socketio;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectReader;

/**
 * A method of a bean that is called for a socket. Parameters of known types get their values. Jackson reads the others.
 */
final class HandlerMethod {
    private final Object bean;
    private final Method method;
    private final List<Class<?>> given; // the known type of each parameter; Void if Jackson reads it
    private final List<ObjectReader> readers;

    /**
     * @param known the types whose values are given
     * @param mostRead how many parameters may be of other types
     * @throws IllegalStateException if the method cannot be called this way
     */
    HandlerMethod(Object bean, Method method, List<Class<?>> known, int mostRead, ArgumentCodec codec) {
        this.bean = bean;
        this.method = method;
        this.given = new ArrayList<>();
        this.readers = new ArrayList<>();
        if (Modifier.isPrivate(method.getModifiers()) || Modifier.isStatic(method.getModifiers())) {
            throw new IllegalStateException("A Socket.IO handler must not be private or static: " + method);
        }
        for (Parameter parameter : method.getParameters()) {
            Class<?> type = known.contains(parameter.getType()) ? parameter.getType() : Void.class;
            given.add(type);
            if (type == Void.class) {
                readers.add(codec.reader(parameter.getParameterizedType()));
            }
        }
        if (readers.size() > mostRead) {
            throw new IllegalStateException(
                    "A Socket.IO handler has a parameter of a type that it cannot get: " + method);
        }
        method.setAccessible(true);
    }

    /** The methods of a bean with an annotation, also those that the class of a proxy inherits. */
    static List<Method> annotated(Object bean, Class<? extends Annotation> annotation) {
        List<Method> found = new ArrayList<>();
        for (Class<?> type = bean.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(annotation) && !method.isBridge()) {
                    found.add(method);
                }
            }
        }
        return found;
    }

    Method method() {
        return method;
    }

    boolean takes(Class<?> type) {
        return given.contains(type);
    }

    /** The readers of the parameters that are not given, in order. */
    List<ObjectReader> readers() {
        return readers;
    }

    /**
     * Calls the method.
     *
     * @param values the values for parameters of known types
     * @param read the values for the other parameters
     */
    @Nullable
    Object call(List<?> values, @Nullable Object[] read) throws Exception {
        @Nullable Object[] arguments = new Object[given.size()];
        int next = 0;
        for (int i = 0; i < arguments.length; i++) {
            Class<?> type = given.get(i);
            arguments[i] = type == Void.class ? read[next++] : find(type, values);
        }
        try {
            return method.invoke(bean, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception exception) {
                throw exception;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    private static @Nullable Object find(Class<?> type, List<?> values) {
        for (Object value : values) {
            if (type.isInstance(value)) {
                return value;
            }
        }
        return null;
    }
}
