package dev.pushwire.api;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the API's answers as the API describes them, whatever the application has set for JSON of its own: names in
 * another style, fields that are left out, or another library.
 */
final class ApiJson implements WebMvcConfigurer {
    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
        converters.configureMessageConvertersList(all -> all.addFirst(new Answers()));
    }

    private static final class Answers extends JacksonJsonHttpMessageConverter {
        Answers() {
            super(JsonMapper.builder().build());
        }

        @Override
        public boolean canRead(ResolvableType type, @Nullable MediaType mediaType) {
            return false;
        }

        @Override
        public boolean canWrite(ResolvableType type, Class<?> value, @Nullable MediaType mediaType) {
            return value.getPackageName().equals(ApiJson.class.getPackageName())
                    && super.canWrite(type, value, mediaType);
        }
    }
}
