package dev.pushwire.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** The condition of {@link ConditionalOnSwitch}. */
final class OnSwitch extends SpringBootCondition {
    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        MergedAnnotation<ConditionalOnSwitch> wanted = metadata.getAnnotations().get(ConditionalOnSwitch.class);
        boolean on = wanted.getBoolean("on");
        for (String property : wanted.getStringArray("value")) {
            if (isOn(property, wanted.getBoolean("byDefault"), context.getEnvironment()) != on) {
                return ConditionOutcome.noMatch(property + " is " + (on ? "off" : "on"));
            }
        }
        return ConditionOutcome.match();
    }

    private static boolean isOn(String property, boolean byDefault, Environment environment) {
        try {
            return environment.getProperty(property, Boolean.class, byDefault);
        } catch (ConversionException e) {
            throw new IllegalArgumentException(
                    property + " must be true or false, but is " + environment.getProperty(property), e);
        }
    }
}
