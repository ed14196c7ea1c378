package dev.pushwire.fuzz;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The class and method that Jazzer calls by name. They call the test of the class that the only argument names. */
public final class FuzzTarget {
    private static @Nullable MethodHandle test;

    private FuzzTarget() {}

    public static void fuzzerInitialize(String[] args) throws ReflectiveOperationException {
        Class<?> type = Class.forName(args[0]);
        Method method = Arrays.stream(type.getDeclaredMethods())
                .filter(candidate -> candidate.isAnnotationPresent(Fuzz.class))
                .findFirst()
                .orElseThrow();
        Constructor<?> constructor = type.getDeclaredConstructor();
        test = MethodHandles.lookup().unreflect(method).bindTo(constructor.newInstance());
    }

    public static void fuzzerTestOneInput(byte[] input) throws Throwable {
        test.invoke(input);
    }
}
