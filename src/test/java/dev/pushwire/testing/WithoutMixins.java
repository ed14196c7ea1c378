package dev.pushwire.testing;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.jackson.JacksonMixinModuleEntries;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Has no service of the tests look for mixins of Jackson, of which there are none: each would read all classes below
 * {@code dev.pushwire} for it, the tests' own among them. Spring finds this by itself.
 */
public final class WithoutMixins implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final String ENTRIES = "jacksonMixinModuleEntries";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        context.addBeanFactoryPostProcessor(WithoutMixins::replaceSearch);
    }

    private static void replaceSearch(ConfigurableListableBeanFactory factory) {
        if (factory.containsBeanDefinition(ENTRIES)) {
            BeanDefinitionRegistry registry = (BeanDefinitionRegistry) factory;
            registry.removeBeanDefinition(ENTRIES);
            registry.registerBeanDefinition(
                    ENTRIES,
                    new RootBeanDefinition(
                            JacksonMixinModuleEntries.class, () -> JacksonMixinModuleEntries.create(_ -> {})));
        }
    }
}
